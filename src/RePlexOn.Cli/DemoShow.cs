using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Cli;

/// <summary>The demo: a sample server that writes all the while, two backups of it, and the proof that the copy is good.</summary>
internal sealed class DemoShow(string folder)
{
    private readonly string _source = Path.Combine(folder, "Plex Media Server");
    private readonly string _nas = Path.Combine(folder, "nas");
    private readonly string _state = Path.Combine(folder, "state");

    /// <summary>Runs the demo and tells what it does.</summary>
    /// <returns>0, or what went wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Say($"Making a sample Plex server in {_source}");
        SampleLibrary.Create(_source, new SampleOptions(), progress: null, cancellationToken);
        Directory.CreateDirectory(_nas);

        await using var writer = new SampleWriter(_source);
        writer.Start();

        // Files as young as these could change again within one tick of the clock, and would all be compared by content.
        while (writer.CommitsDone < 300) await Task.Delay(50, cancellationToken);

        Say($"It runs: {writer.CommitsDone} commits so far, about 100 more every second. Backing it up to {_nas}");
        if (await BackUpAsync(writer, cancellationToken) is var first && first != ExitCode.Succeeded) return (int)first;

        Say($"Changing some files: {Describe(SampleLibrary.ChangeSome(_source, share: 0.02, seed: 7))}. Backing up again");
        if (await BackUpAsync(writer, cancellationToken) is var second && second != ExitCode.Succeeded) return (int)second;

        await writer.StopAsync();
        Say("How it stands");
        string[] places = ["--state-dir", _state];
        await CommandTree.Build().Parse(["status", .. places]).InvokeAsync(cancellationToken: cancellationToken);
        Say("What was done");
        await CommandTree.Build().Parse(["history", .. places]).InvokeAsync(cancellationToken: cancellationToken);
        Say($"All of it is in {folder}; remove it with: rm -r '{folder}'");
        return (int)ExitCode.Succeeded;
    }

    /// <summary>What was changed, in words.</summary>
    public static string Describe(SampleChanges changes) =>
        $"{changes.Edited} edited, {changes.Added} added, {changes.Deleted} deleted, {changes.Renamed} renamed, "
        + $"{changes.ModeChanged} with other permissions, {changes.Touched} touched";

    private async Task<ExitCode> BackUpAsync(SampleWriter writer, CancellationToken cancellationToken)
    {
        long before = writer.CommitsDone;
        BackupRun run = await ProgressLine.ShowAsync(progress => new MirrorBackup(TimeProvider.System).RunAsync(
            new MirrorOptions
            {
                Overrides = new ConfigurationOverrides { Source = _source, Target = _nas, StateDirectory = _state },
            },
            progress, cancellationToken));
        Console.Out.WriteLine($"{run.Message} ({run.Pass} pass: {run.PassReason}; {run.Duration.TotalSeconds:0.0} s)");
        if (run.Status != RunStatus.Succeeded) return run.ExitCode ?? ExitCode.Failed;

        string copy = Path.Combine(_nas, TargetLayout.Mirror, PlexDatabaseFiles.LibraryRelativePath);
        SampleDatabaseState state = SampleDatabase.Verify(copy);
        bool good = state.InvariantHolds && state.LastCommit >= before;
        Console.Out.WriteLine(
            $"The copy of the database holds commits 1 to {state.LastCommit}; {before} were done before the backup began: "
            + (good ? "nothing is lost, and it is of one moment." : "SOMETHING IS LOST."));
        return good ? ExitCode.Succeeded : ExitCode.VerificationFailed;
    }

    private static void Say(string text) => Console.Out.WriteLine($"\n== {text}");
}
