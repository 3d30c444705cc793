using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.Setup;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Setup;

public sealed class InitialSetupTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _source;
    private readonly string _configuration;

    public InitialSetupTests()
    {
        _source = _scratch.At("Plex Media Server");
        _configuration = _scratch.At("etc/replexon.json");
        SampleLibrary.Create(_source, new SampleOptions { Files = 20, LibraryRows = 20 }, null, default);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Should_write_a_configuration_that_passes_its_own_test()
    {
        SetupResult result = await SetUpAsync(_scratch.Folder("nas"));
        Assert.True(result.Created);
        Assert.All(result.Checks, check => Assert.Equal(CheckStatus.Pass, check.Status));
        RePlexOnConfiguration loaded = new ConfigurationStore().Load(_configuration);
        Assert.Equal((_source, _scratch.At("nas")), (loaded.Source, loaded.Target));
    }

    [Fact]
    public async Task Should_keep_what_is_set_when_run_again()
    {
        await SetUpAsync(_scratch.Folder("nas"));
        new ConfigurationStore().Set(_configuration, new Dictionary<string, object?> { ["backup.maxShrinkPercent"] = 7 });
        string before = await File.ReadAllTextAsync(_configuration);
        SetupResult again = await SetUpAsync(target: null);
        Assert.False(again.Created);
        Assert.Equal(before, await File.ReadAllTextAsync(_configuration));

        SetupResult moved = await SetUpAsync(_scratch.Folder("nas2"));
        Assert.Equal(_scratch.At("nas2"), moved.Target);
        Assert.Equal(7, new ConfigurationStore().Load(_configuration).Backup.MaxShrinkPercent);
    }

    [Fact]
    public async Task Should_keep_the_password_in_a_file_of_its_owner_alone_and_nowhere_else()
    {
        const string password = "correct horse battery staple";
        SetupResult result = await new InitialSetup().RunAsync(Options("rsync://user@127.0.0.1:1/module") with
        {
            Password = password, SkipTargetTest = true,
        }, null, default);
        Assert.Equal(password + "\n", await File.ReadAllTextAsync(result.PasswordFile!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(result.PasswordFile!));
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(_configuration), StringComparison.Ordinal);
        Assert.DoesNotContain(password, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_each_trouble_by_itself()
    {
        SetupResult result = await new InitialSetup().RunAsync(
            Options("/nowhere/at all") with { Values = Options("/nowhere/at all").Values with { Source = _scratch.Folder("empty") } }, null, default);
        Check[] failed = [.. result.Checks.Where(check => check.Status == CheckStatus.Fail)];
        Assert.Equal(["RPX-CFG-002", "RPX-CFG-005"], failed.Select(check => check.Id));
        Assert.All(failed, check => Assert.NotEmpty(check.Remediation));
    }

    [Fact]
    public async Task Should_change_nothing_when_what_is_given_is_not_valid()
    {
        await SetUpAsync(_scratch.Folder("nas"));
        string before = await File.ReadAllTextAsync(_configuration);
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SetUpAsync("rsync://user:secret@nas/module"));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain("secret", error.Message + error.Advice, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_configuration));
    }

    private Task<SetupResult> SetUpAsync(string? target) => new InitialSetup().RunAsync(Options(target), null, default);

    private SetupOptions Options(string? target) => new()
    {
        ConfigurationPath = _configuration,
        Values = new ConfigurationOverrides { Source = _source, Target = target, StateDirectory = _scratch.At("state") },
    };
}
