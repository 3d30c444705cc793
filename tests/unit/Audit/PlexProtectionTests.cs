using System.Diagnostics;
using RePlexOn.Plex;
using RePlexOn.Security.Audit;

namespace RePlexOn.Tests.Audit;

public sealed class PlexProtectionTests : IDisposable
{
    private readonly AuditScene _scene = new();
    private readonly PlexProtection _protection = new(TimeProvider.System);

    public void Dispose() => _scene.Dispose();

    private ProtectionOptions Options => new() { Audit = _scene.Options with { Categories = ["Network", "Encryption", "Logging", "Files", "Library"] } };

    [Fact]
    public async Task Should_show_each_change_with_old_and_new_and_change_nothing()
    {
        Open();
        string before = await File.ReadAllTextAsync(_scene.PreferencesFile);

        ProtectionPlan plan = await PlanAsync();

        Assert.Equal(
            [
                $"RPX-FIL-001 {_scene.PreferencesFile}: 0644 to 0600", "RPX-LOG-001 LogTokensForDebug: 1 to 0",
                "RPX-NET-001, RPX-NET-002 allowedNetworks: 192.168.1.9,10.0.0.0/8,8.8.8.8 to 192.168.1.9", "RPX-NET-010 DlnaEnabled: 1 to 0",
                "RPX-TLS-001 secureConnections: 2 to 0",
            ],
            plan.Changes.Select(change => $"{change.CheckId} {change.Subject}: {change.Before} to {change.After}").Order(StringComparer.Ordinal));
        Assert.Contains("RPX-LIB-002", plan.Left.Select(check => check.Id)); // a warning
        Assert.Equal(before, await File.ReadAllTextAsync(_scene.PreferencesFile));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scene.State));
        Assert.False(Directory.Exists(_scene.At(".replexon")));
    }

    [Fact]
    public async Task Should_change_a_stopped_server_s_file_with_a_copy_and_take_it_back()
    {
        Open();
        byte[] before = await File.ReadAllBytesAsync(_scene.PreferencesFile);

        ProtectionResult result = await ApplyAsync();

        PlexPreferences now = PlexPreferences.Parse(_scene.PreferencesFile);
        Assert.Equal(
            ("0", "0", "192.168.1.9", "0", "1"),
            (now.Values["LogTokensForDebug"], now.Values["DlnaEnabled"], now.Values["allowedNetworks"], now.Values["secureConnections"], now.Values["autoEmptyTrash"]));
        Assert.True(now.IsClaimed);
        Assert.Equal(0b110_000_000, AuditScene.ModeOf(_scene.PreferencesFile));
        Assert.Equal(before, await File.ReadAllBytesAsync(result.CopyPath!));
        Assert.Equal(0b110_000_000, AuditScene.ModeOf(result.CopyPath!));
        Assert.Empty((await PlanAsync()).Changes);
        Assert.Empty((await ApplyAsync()).Changes); // again: nothing is left to do

        ProtectionResult shown = await _protection.UndoAsync(Options, isDryRun: true, progress: null, CancellationToken.None);
        Assert.Equal(result.Changes.Count, shown.Changes.Count);
        Assert.NotEqual(before, await File.ReadAllBytesAsync(_scene.PreferencesFile));

        ProtectionResult undone = await UndoAsync();
        Assert.Equal((result.Changes.Count, 0), (undone.Changes.Count, undone.Warnings.Count));
        Assert.Equal(before, await File.ReadAllBytesAsync(_scene.PreferencesFile));
        Assert.Equal(0b110_100_100, AuditScene.ModeOf(_scene.PreferencesFile));
        Assert.False(File.Exists(result.CopyPath));
        Assert.Equal("NothingToUndo", (await Assert.ThrowsAsync<RePlexOnException>(UndoAsync)).ErrorId);
    }

    [Fact]
    public async Task Should_change_a_running_server_by_its_own_API_and_take_it_back()
    {
        using var plex = new PlexStandIn(AuditScene.Processed, AuditScene.Token);
        plex.Settings["DlnaEnabled"] = "1";
        plex.Settings["secureConnections"] = "2";
        _scene.Set("audit", new { serverUrl = plex.Address });
        byte[] before = await File.ReadAllBytesAsync(_scene.PreferencesFile);

        ProtectionResult result = await ApplyAsync();

        Assert.Equal(("0", "0"), (plex.Settings["DlnaEnabled"], plex.Settings["secureConnections"]));
        Assert.Equal(["DlnaEnabled", "secureConnections"], result.Changes.Select(change => change.Subject).Order());
        Assert.Null(result.CopyPath);
        Assert.Equal(before, await File.ReadAllBytesAsync(_scene.PreferencesFile));
        Assert.Contains(plex.Requests, request => request is { Method: "PUT", Path: "/:/prefs", HadToken: true });

        plex.Settings["DlnaEnabled"] = "odd"; // by somebody else meanwhile
        ProtectionResult undone = await UndoAsync();
        Assert.Equal(("odd", "2"), (plex.Settings["DlnaEnabled"], plex.Settings["secureConnections"]));
        Assert.Contains("DlnaEnabled was changed since", Assert.Single(undone.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_all_back_where_the_server_does_not_take_one()
    {
        using var plex = new PlexStandIn(AuditScene.Processed, AuditScene.Token) { Stubborn = "secureConnections" };
        plex.Settings["DlnaEnabled"] = "1";
        plex.Settings["secureConnections"] = "2";
        _scene.Set("audit", new { serverUrl = plex.Address });
        _scene.Mode("Plex Media Server", 0b111_101_101);
        _scene.Mode("Plex Media Server/Preferences.xml", 0b110_100_100);

        var trouble = await Assert.ThrowsAsync<RePlexOnException>(ApplyAsync);

        Assert.Equal("PlexRefusedSettings", trouble.ErrorId);
        Assert.Equal(("1", "2"), (plex.Settings["DlnaEnabled"], plex.Settings["secureConnections"]));
        Assert.Equal(0b110_100_100, AuditScene.ModeOf(_scene.PreferencesFile));
        Assert.Equal("NothingToUndo", (await Assert.ThrowsAsync<RePlexOnException>(UndoAsync)).ErrorId);
    }

    [Fact]
    public async Task Should_not_touch_the_file_of_a_server_that_runs_and_cannot_be_asked()
    {
        Open();
        byte[] before = await File.ReadAllBytesAsync(_scene.PreferencesFile);
        var start = new ProcessStartInfo("sleep", ["600"]) { WorkingDirectory = _scene.Source };
        using Process user = Process.Start(start)!;
        try
        {
            Assert.Equal("PlexIsRunning", (await Assert.ThrowsAsync<RePlexOnException>(ApplyAsync)).ErrorId);
        }
        finally
        {
            user.Kill();
            await user.WaitForExitAsync();
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_scene.PreferencesFile));
        Assert.Equal(0b110_100_100, AuditScene.ModeOf(_scene.PreferencesFile));
    }

    [Fact]
    public async Task Should_refuse_what_was_changed_since_it_was_shown()
    {
        Open();
        ProtectionPlan plan = await PlanAsync();
        _scene.Change(("DlnaEnabled", "0"), ("LogTokensForDebug", "0"));

        var trouble = await Assert.ThrowsAsync<RePlexOnException>(() => _protection.ApplyAsync(Options, plan.Changes, progress: null, CancellationToken.None));

        Assert.Equal("ChangedMeanwhile", trouble.ErrorId);
    }

    [Fact]
    public async Task Should_put_warnings_right_when_asked_and_never_what_is_skipped()
    {
        _scene.Change(("autoEmptyTrash", "1"), ("GdmEnabled", "1"));
        _scene.Skip("RPX-NET-011: the apps need it");

        Assert.Empty((await PlanAsync()).Changes);
        ProtectionPlan all = await _protection.PlanAsync(Options with { IncludeWarnings = true }, progress: null, CancellationToken.None);
        Assert.Equal(["autoEmptyTrash"], all.Changes.Select(change => change.Subject));
        ProtectionPlan named = await _protection.PlanAsync(
            new ProtectionOptions { Audit = _scene.Options with { Ids = ["RPX-LIB-002"] } }, progress: null, CancellationToken.None);
        Assert.Equal(["autoEmptyTrash"], named.Changes.Select(change => change.Subject));
    }

    [Fact]
    public async Task Should_close_the_one_door_before_the_databases()
    {
        _scene.Mode("Plex Media Server", 0b111_101_101);

        ProtectionResult result = await ApplyAsync();

        ProtectionChange change = Assert.Single(result.Changes, one => one.Kind == ProtectionKind.FileMode && one.Subject == _scene.Source);
        Assert.Equal(("0755", "0750"), (change.Before, change.After));
        Assert.Equal(0b111_101_000, AuditScene.ModeOf(_scene.Source));
    }

    // Several things that stand open, each for a check of its own.
    private void Open()
    {
        _scene.Change(
            ("LogTokensForDebug", "1"), ("DlnaEnabled", "1"), ("autoEmptyTrash", "1"), ("allowedNetworks", "192.168.1.9,10.0.0.0/8,8.8.8.8"), ("secureConnections", "2"));
        _scene.Mode("Plex Media Server/Preferences.xml", 0b110_100_100);
        _scene.Mode("Plex Media Server/Plug-in Support/Databases/com.plexapp.plugins.library.db", 0b110_000_000);
        _scene.Mode("Plex Media Server/Logs", 0b111_000_000);
        _scene.Mode("Plex Media Server", 0b111_101_101);
    }

    private Task<ProtectionPlan> PlanAsync() => _protection.PlanAsync(Options, progress: null, CancellationToken.None);

    private async Task<ProtectionResult> ApplyAsync() =>
        await _protection.ApplyAsync(Options, (await PlanAsync()).Changes, progress: null, CancellationToken.None);

    private Task<ProtectionResult> UndoAsync() => _protection.UndoAsync(Options, isDryRun: false, progress: null, CancellationToken.None);
}
