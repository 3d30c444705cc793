using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.ConfigurationBackups;

/// <summary>Backups of the configuration in a local folder, and their way back.</summary>
public sealed class ConfigurationRestoreTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly FixedTime _clock = new(new(2026, 11, 21, 3, 15, 0, TimeSpan.FromHours(1)));

    public ConfigurationRestoreTests()
    {
        _scratch.Folder("nas/plex-current");
        File.SetUnixFileMode(_scratch.File("rsync.secret", "s3cret\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _scratch.File("bin/hook.sh", "#!/bin/sh\n");
        Configure();
    }

    private string ConfigurationPath => _scratch.At("replexon.json");

    private string Days => _scratch.At("nas/config-backups");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Should_keep_all_that_belongs_to_it_and_no_secret()
    {
        BackupRun run = await BackUpAsync();

        Assert.Equal((RunKind.ConfigBackup, RunStatus.Succeeded), (run.Kind, run.Status));
        Assert.Contains($"Secrets are left out: {_scratch.At("rsync.secret")}.", run.Message, StringComparison.Ordinal);
        string held = Path.Combine(Days, "2026-11-21/031500");
        Assert.Equal(File.ReadAllBytes(ConfigurationPath), File.ReadAllBytes(held + "/files" + ConfigurationPath));
        Assert.True(File.Exists(held + "/files" + _scratch.At("bin/hook.sh")));
        Assert.DoesNotContain("s3cret", string.Concat(Contents(Days)), StringComparison.Ordinal);
        Assert.Equal(ConfigurationItemKind.Configuration, Manifest("2026-11-21").Files[0].Kind);
        Assert.False(Directory.Exists(_scratch.At("state/staging/configuration")));
    }

    [Fact]
    public async Task Should_hold_the_secret_for_its_owner_alone_where_that_is_asked_for()
    {
        BackupRun run = await BackUpAsync(includeSecret: true);

        Assert.Contains("It holds passwords and keys", run.Message, StringComparison.Ordinal);
        string secret = Path.Combine(Days, "2026-11-21/031500/files" + _scratch.At("rsync.secret"));
        Assert.Equal("s3cret\n", File.ReadAllText(secret));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
    }

    [Fact]
    public async Task Should_take_the_place_of_an_earlier_one_of_the_day()
    {
        await BackUpAsync();
        _clock.Now = _clock.Now.AddHours(2);
        Configure(keep: 7);
        await BackUpAsync();

        Assert.Equal([".replexon", "051500"], Directory.GetDirectories(Path.Combine(Days, "2026-11-21")).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal("051500", Manifest("2026-11-21").Folder);
    }

    [Fact]
    public async Task Should_keep_so_many_days()
    {
        Directory.CreateDirectory(Path.Combine(Days, "2025-01-01"));
        Directory.CreateDirectory(Path.Combine(Days, "notes"));
        Configure(keep: 2);
        for (int day = 0; day < 3; day++)
        {
            await BackUpAsync();
            _clock.Now = _clock.Now.AddDays(1);
        }

        Assert.Equal(["2026-11-22", "2026-11-23", "notes"], Directory.GetDirectories(Days).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Should_warn_of_a_file_that_is_not_there()
    {
        File.Delete(_scratch.At("bin/hook.sh"));

        BackupRun run = await BackUpAsync(succeeds: false);

        Assert.Equal((RunStatus.Warning, ExitCode.Incomplete), (run.Status, run.ExitCode));
        Assert.Contains(_scratch.At("bin/hook.sh"), Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_fill_the_folder_below_a_share_that_is_not_mounted()
    {
        Directory.Delete(_scratch.At("nas/plex-current"));

        Assert.Equal("TargetWithoutBackups", (await BackUpAsync(succeeds: false)).ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.At("nas")));
    }

    [Fact]
    public async Task Should_come_back_on_a_machine_that_has_nothing()
    {
        await BackUpAsync();
        await BackUpAsync(includeSecret: true);
        byte[] before = File.ReadAllBytes(ConfigurationPath);
        File.Delete(ConfigurationPath);
        File.Delete(_scratch.At("rsync.secret"));
        Directory.Delete(_scratch.At("state"), recursive: true);
        var options = new ConfigurationRestoreOptions
        {
            ConfigurationPath = ConfigurationPath,
            Overrides = new ConfigurationOverrides { Target = _scratch.At("nas"), StateDirectory = _scratch.At("state") },
        };

        IReadOnlyList<ConfigurationRestoreStep> plan = await new ConfigurationRestore(_clock).PlanAsync(options);
        Assert.Equal(
            [
                ConfigurationRestoreAction.Create, ConfigurationRestoreAction.Create,
                ConfigurationRestoreAction.AddRuns, ConfigurationRestoreAction.LeaveOut,
            ],
            plan.Where(step => step.Kind != ConfigurationItemKind.Schedule).Select(step => step.Action));
        Assert.False(File.Exists(ConfigurationPath));

        BackupRun run = await new ConfigurationRestore(_clock).RunAsync(options);

        Assert.True(run.Status == RunStatus.Succeeded, run.Message);
        Assert.Equal(before, File.ReadAllBytes(ConfigurationPath));
        Assert.Equal("s3cret\n", File.ReadAllText(_scratch.At("rsync.secret")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.At("rsync.secret")));
        Assert.Equal([(RunKind.ConfigBackup, RunStatus.Succeeded), (RunKind.Restore, RunStatus.Succeeded)], History().Select(one => (one.Kind, one.Status)));
        Assert.Contains("Runs added to the history: 1.", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_aside_what_it_replaces_and_change_nothing_the_second_time()
    {
        await BackUpAsync();
        Configure(keep: 9);
        byte[] mine = File.ReadAllBytes(ConfigurationPath);
        File.SetUnixFileMode(ConfigurationPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        BackupRun run = await RestoreAsync();

        string aside = ConfigurationPath + ".before-20261121T031500";
        Assert.Contains($"The former {ConfigurationPath} is now {aside}.", run.Message, StringComparison.Ordinal);
        Assert.Equal(mine, File.ReadAllBytes(aside));
        Assert.Equal(30, new ConfigurationStore().Load(ConfigurationPath).ConfigurationBackups.Keep);
        Assert.Equal(File.GetUnixFileMode(aside), File.GetUnixFileMode(ConfigurationPath));
        Assert.Contains("Files written: 0. Runs added to the history: 0.", (await RestoreAsync()).Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_scratch.Path, "*.before-*"));
    }

    [Fact]
    public async Task Should_come_back_whole_into_a_folder()
    {
        await BackUpAsync();
        string to = _scratch.At("back");

        await RestoreAsync(new() { DestinationPath = to });

        Assert.Equal(Manifest("2026-11-21").Files.Select(item => item.Path).Order(), Directory.GetFiles(to, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(to, path)).Order());
        BackupRun again = await new ConfigurationRestore(_clock).RunAsync(Options(new() { DestinationPath = to }));
        Assert.Equal("DestinationNotEmpty", again.ErrorId);
    }

    [Fact]
    public async Task Should_say_which_days_there_are()
    {
        await BackUpAsync();

        BackupRun run = await new ConfigurationRestore(_clock).RunAsync(Options(new() { Date = "2026-11-20" }));

        Assert.Equal(("ConfigurationBackupNotFound", "These are there: 2026-11-21."), (run.ErrorId, run.Advice));
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("missing")]
    [InlineData("outside")]
    public async Task Should_restore_nothing_from_one_that_is_not_what_its_manifest_says(string damage)
    {
        await BackUpAsync();
        Configure(keep: 9);
        byte[] mine = File.ReadAllBytes(ConfigurationPath);
        string manifest = Path.Combine(Days, "2026-11-21", BackupManifest.RelativePath);
        string history = Path.Combine(Days, "2026-11-21/031500/history.db");
        switch (damage)
        {
            case "flipped": File.WriteAllText(history, "no history"); break;
            case "missing": File.Delete(history); break;
            default: File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"history.db\"", "\"../../../etc/hostname\"", StringComparison.Ordinal)); break;
        }

        BackupRun run = await new ConfigurationRestore(_clock).RunAsync(Options());

        Assert.Equal(("ConfigurationBackupDamaged", ExitCode.VerificationFailed), (run.ErrorId, run.ExitCode));
        Assert.Equal(mine, File.ReadAllBytes(ConfigurationPath));
    }

    [Fact]
    public async Task Should_not_put_in_place_a_configuration_that_would_not_load()
    {
        await BackUpAsync();
        string held = Path.Combine(Days, "2026-11-21/031500/files" + ConfigurationPath);
        string text = "{ \"fromTheFuture\": 1 }";
        string manifest = Path.Combine(Days, "2026-11-21", BackupManifest.RelativePath);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(Manifest("2026-11-21").Files[0].Sha256, Hash(text), StringComparison.Ordinal));
        File.WriteAllText(held, text);
        byte[] mine = File.ReadAllBytes(ConfigurationPath);

        BackupRun run = await new ConfigurationRestore(_clock).RunAsync(Options());

        Assert.Equal("ConfigurationInvalid", run.ErrorId);
        Assert.Equal(mine, File.ReadAllBytes(ConfigurationPath));
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<string> Contents(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    private ConfigurationBackupManifest Manifest(string day) =>
        ConfigurationBackupManifest.FromJson(File.ReadAllBytes(Path.Combine(Days, day, BackupManifest.RelativePath)))!;

    private IReadOnlyList<BackupRun> History()
    {
        using HistoryStore history = HistoryStore.Open(_scratch.At("state"), HistoryAccess.Read, _clock);
        return [.. history.Query(new RunQuery()).OrderByDescending(run => run.Number)];
    }

    private async Task<BackupRun> BackUpAsync(bool includeSecret = false, bool succeeds = true)
    {
        BackupRun run = await new ConfigurationBackup(_clock).RunAsync(
            new ConfigurationBackupOptions { ConfigurationPath = ConfigurationPath, IncludeSecret = includeSecret });
        Assert.True(!succeeds || run.Status == RunStatus.Succeeded, $"{run.Message} {string.Join(' ', run.Warnings)}");
        return run;
    }

    private async Task<BackupRun> RestoreAsync(ConfigurationRestoreOptions? options = null)
    {
        BackupRun run = await new ConfigurationRestore(_clock).RunAsync(Options(options));
        Assert.True(run.Status == RunStatus.Succeeded, run.Message);
        return run;
    }

    private ConfigurationRestoreOptions Options(ConfigurationRestoreOptions? options = null) =>
        (options ?? new()) with { ConfigurationPath = ConfigurationPath };

    private void Configure(int? keep = null) => _scratch.File("replexon.json", JsonSerializer.Serialize(new
    {
        target = _scratch.At("nas"),
        stateDirectory = _scratch.At("state"),
        passwordFile = _scratch.At("rsync.secret"),
        configurationBackups = new { keep, files = new[] { _scratch.At("bin/hook.sh") } },
    }));
}
