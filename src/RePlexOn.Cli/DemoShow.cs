using RePlexOn.Backup;
using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Cli;

/// <summary>
/// The demo: a sample server that writes all the while, two backups of it, a damage that is found and mended, a restore,
/// and the proof that nothing was lost. It types the commands that a user would.
/// </summary>
internal sealed class DemoShow(string folder)
{
    private readonly string _source = Path.Combine(folder, "Plex Media Server");
    private readonly string _nas = Path.Combine(folder, "nas");
    private readonly string _restored = Path.Combine(folder, "restored");

    /// <summary>Runs the demo and tells what it does.</summary>
    /// <returns>0, or what went wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Say($"Making a sample Plex server in {_source}");
        SampleLibrary.Create(_source, new SampleOptions(), progress: null, cancellationToken);
        Directory.CreateDirectory(_nas);
        string configuration = Path.Combine(folder, "replexon.json");
        Environment.SetEnvironmentVariable("REPLEXON_CONFIG", configuration);
        Console.Out.WriteLine($"$ export REPLEXON_CONFIG='{configuration}'");

        await using var writer = new SampleWriter(_source);
        writer.Start();
        bool good = await TypeAsync(["init", _nas, "--source", _source, "--state-dir", Path.Combine(folder, "state")], cancellationToken)
            && await BackUpTwiceAsync(writer, cancellationToken)
            && await MendDamageAsync(cancellationToken)
            && await RestoreAsync(cancellationToken);
        if (!good) return (int)ExitCode.Failed;

        Say("How it stands, and what was done");
        good = await TypeAsync(["status"], cancellationToken) && await TypeAsync(["history"], cancellationToken);
        Say($"All of it is in {folder}; remove it with: rm -r '{folder}'");
        return (int)(good ? ExitCode.Succeeded : ExitCode.Failed);
    }

    /// <summary>What was changed, in words.</summary>
    public static string Describe(SampleChanges changes) =>
        $"{changes.Edited} edited, {changes.Added} added, {changes.Deleted} deleted, {changes.Renamed} renamed, "
        + $"{changes.ModeChanged} with other permissions, {changes.Touched} touched";

    private async Task<bool> BackUpTwiceAsync(SampleWriter writer, CancellationToken cancellationToken)
    {
        // Files as young as these could change again within one tick of the clock, and would all be compared by content.
        while (writer.CommitsDone < 300) await Task.Delay(50, cancellationToken);

        Say($"The server runs: {writer.CommitsDone} commits so far, about 100 more every second. The first backup, with this week's snapshot");
        if (!await BackUpAsync(writer, cancellationToken)) return false;

        Say($"Some days of use: {Describe(SampleLibrary.ChangeSome(_source, share: 0.02, seed: 7))}. The second backup sends only that");
        if (!await BackUpAsync(writer, cancellationToken)) return false;

        await writer.StopAsync();
        return true;
    }

    private async Task<bool> BackUpAsync(SampleWriter writer, CancellationToken cancellationToken)
    {
        long before = writer.CommitsDone;
        return await TypeAsync(["backup"], cancellationToken)
            && Prove(Path.Combine(_nas, TargetLayout.Mirror), $"{before} were done before the backup began", before);
    }

    private async Task<bool> MendDamageAsync(CancellationToken cancellationToken)
    {
        string damaged = FlipOneBit();
        Say($"The NAS's disk flips one bit, and neither size nor time of the file shows it: {damaged}");
        if (await TypeAsync(["verify", "--depth", "full"], cancellationToken, ExitCode.VerificationFailed) is false) return false;

        Say("The next backup compares every content, and puts the mirror right");
        return await TypeAsync(["backup"], cancellationToken)
            && await TypeAsync(["verify", "--depth", "full"], cancellationToken);
    }

    private async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        Say("Getting it back");
        return await TypeAsync(["snapshot", "list"], cancellationToken)
            && await TypeAsync(["restore", "--to", _restored], cancellationToken)
            && Prove(_restored, "it was restored", atLeast: 1);
    }

    private string FlipOneBit()
    {
        FileInfo file = new DirectoryInfo(Path.Combine(_nas, TargetLayout.Mirror, "Metadata"))
            .EnumerateFiles("*", SearchOption.AllDirectories).First(one => one.LinkTarget is null && one.Length > 1000);
        DateTime written = file.LastWriteTimeUtc;
        using (FileStream content = file.Open(FileMode.Open, FileAccess.ReadWrite))
        {
            content.Position = 500;
            int value = content.ReadByte();
            content.Position = 500;
            content.WriteByte((byte)(value ^ 1));
        }

        file.LastWriteTimeUtc = written;
        return Path.GetRelativePath(_nas, file.FullName);
    }

    private static bool Prove(string tree, string when, long atLeast)
    {
        SampleDatabaseState state = SampleDatabase.Verify(Path.Combine(tree, PlexDatabaseFiles.LibraryRelativePath));
        bool good = state.InvariantHolds && state.LastCommit >= atLeast;
        Console.Out.WriteLine(
            $"The copy of the database holds commits 1 to {state.LastCommit}; {when}: "
            + (good ? "nothing is lost, and it is of one moment." : "SOMETHING IS LOST."));
        return good;
    }

    private static async Task<bool> TypeAsync(
        string[] words, CancellationToken cancellationToken, ExitCode expected = ExitCode.Succeeded)
    {
        Console.Out.WriteLine($"$ replexon {string.Join(' ', words.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word))}");
        return await CommandTree.Build().Parse(words).InvokeAsync(cancellationToken: cancellationToken) == (int)expected;
    }

    private static void Say(string text) => Console.Out.WriteLine($"\n== {text}");
}
