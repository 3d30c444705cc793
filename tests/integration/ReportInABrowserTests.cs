using Microsoft.Playwright;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Tests.Reports;

namespace RePlexOn.IntegrationTests;

/// <summary>A report, opened in a real browser.</summary>
/// <remarks>With REPLEXON_SCREENSHOTS set to a folder, pictures of it stay there.</remarks>
public sealed class ReportInABrowserTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<int, ColorScheme> Screens => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Should_fit_its_screen_and_make_no_trouble(int width, ColorScheme scheme)
    {
        using var scene = new ReportScene();
        await scene.ScheduleAsync();
        scene.AddThreeMonths();
        scene.AddSnapshots();
        await scene.ExportAsync();

        await using IBrowserContext context = await browser.NewContextAsync(width, scheme);
        var troubles = new List<string>();
        IPage page = await OpenAsync(context, scene.File, troubles);

        Assert.Equal("All is well", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(90, await page.Locator("td .day").CountAsync());
        Assert.Equal(25, await page.Locator(".runs tbody tr").CountAsync());
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than its screen.");
        string[] colours = await page.EvaluateAsync<string[]>("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]");
        Assert.Equal(scheme == ColorScheme.Dark, Brightness(colours[0]) < Brightness(colours[1]));
        Assert.Empty(troubles);
        await browser.KeepPictureAsync(page, $"report-{width}-{scheme.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public async Task Should_show_a_failing_backup_and_an_unreachable_target()
    {
        using var scene = new ReportScene("rsync://backupuser@127.0.0.1:1/plex-backups");
        scene.Add(scene.Run(9), scene.Run(1, RePlexOn.History.RunStatus.Failed), scene.Run(0, RePlexOn.History.RunStatus.Failed));
        await scene.ExportAsync();

        await using IBrowserContext context = await browser.NewContextAsync(390, ColorScheme.Light);
        var troubles = new List<string>();
        IPage page = await OpenAsync(context, scene.File, troubles);

        Assert.Equal("The backup is failing", await page.Locator("h1").InnerTextAsync());
        Assert.Contains("What to do. See whether the NAS is on.", await page.Locator("header .advice").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("did not tell its snapshots", await page.Locator(".trouble").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(troubles);
        await browser.KeepPictureAsync(page, "report-failing");
    }

    [Fact]
    public async Task Should_run_nothing_that_a_name_smuggles_in()
    {
        const string hostile = "</td></table></style><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><a href=\"javascript:document.title='taken'\">x</a>";
        using var scene = new ReportScene();
        scene.Add(scene.Run(0, RePlexOn.History.RunStatus.Failed) with { Message = hostile, Advice = hostile, Warnings = [hostile], Source = hostile, Target = hostile });
        await scene.ExportAsync();

        await using IBrowserContext context = await browser.NewContextAsync(1280, ColorScheme.Light);
        var troubles = new List<string>();
        IPage page = await OpenAsync(context, scene.File, troubles);

        Assert.StartsWith("The backup is failing", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("script, img, a").CountAsync());
        Assert.StartsWith(hostile, await page.Locator(".runs td.wide").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(troubles);
    }

    [Fact]
    public async Task Should_print_on_pages()
    {
        using var scene = new ReportScene();
        scene.AddThreeMonths();
        await scene.ExportAsync();

        await using IBrowserContext context = await browser.NewContextAsync(1280, ColorScheme.Dark);
        IPage page = await OpenAsync(context, scene.File, []);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        byte[] paper = await page.PdfAsync(new PagePdfOptions { PrintBackground = true, PreferCSSPageSize = true });
        Assert.Equal("%PDF"u8.ToArray(), paper[..4]);
        await browser.KeepPictureAsync(page, "report-print");
    }

    // What a browser complains of goes to its console; what it fetches beside the file, it asks for.
    private static async Task<IPage> OpenAsync(IBrowserContext context, string file, List<string> troubles)
    {
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => troubles.Add(message.Text);
        page.PageError += (_, error) => troubles.Add(error);
        string address = new Uri(file).AbsoluteUri;
        page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal)) troubles.Add($"It asked for {request.Url}");
        };
        await page.GotoAsync(address);
        return page;
    }

    private static int Brightness(string colour) =>
        colour.Split('(', ',', ')').Skip(1).Take(3).Sum(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
}
