using Microsoft.Playwright;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A real Chromium without a window.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _driver;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _driver = await Playwright.CreateAsync();
        _browser = await _driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
    }

    /// <summary>A fresh profile with a screen of that width, in CSS pixels.</summary>
    public Task<IBrowserContext> NewContextAsync(int width, ColorScheme scheme) => _browser!.NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme,
    });

    /// <summary>Keeps a picture of the whole page where REPLEXON_SCREENSHOTS names a folder.</summary>
    public async Task KeepPictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("REPLEXON_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _driver?.Dispose();
    }
}
