using System.CommandLine;
using RePlexOn.Demo;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon demo</c>: the main job on made-up data, and the parts that scripts put such a show together from.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var folder = new Option<string?>("--folder")
        {
            Description = "Where to make the sample data; a folder below the temporary one where it is not given.", HelpName = "folder",
        };
        var command = new CommandWithExamples(
            "demo", "Show the main job on made-up data, with a local folder as the NAS.",
            "replexon demo",
            "replexon demo sample '/tmp/sample/Plex Media Server' --files 100000",
            "replexon demo write '/tmp/sample/Plex Media Server'")
        {
            folder, CreateSample(), CreateChange(), CreateWrite(), CreateProve(),
        };
        command.SetAction(async (parsed, token) =>
        {
            string place = SharedOptions.FullPath(parsed.GetValue(folder))
                ?? Path.Combine(Path.GetTempPath(), $"replexon-demo-{Environment.ProcessId}");
            return await new DemoShow(place).RunAsync(token);
        });
        return command;
    }

    private static Command CreateSample()
    {
        Argument<string> directory = Directory();
        var files = new Option<int>("--files") { Description = "How many files below Metadata and Media.", DefaultValueFactory = _ => 2000, HelpName = "number" };
        var bytes = new Option<int>("--average-bytes") { Description = "Average size of those files.", DefaultValueFactory = _ => 10_000, HelpName = "bytes" };
        var rows = new Option<int>("--rows") { Description = "Titles in the library database.", DefaultValueFactory = _ => 2000, HelpName = "number" };
        var seed = new Option<int>("--seed") { Description = "Equal seeds give equal data.", DefaultValueFactory = _ => 1, HelpName = "number" };
        var command = new Command("sample", "Make a sample Plex data directory.") { directory, files, bytes, rows, seed };
        command.SetAction((parsed, token) =>
        {
            SampleLibrary.Create(
                Path.GetFullPath(parsed.GetRequiredValue(directory)),
                new SampleOptions
                {
                    Files = parsed.GetValue(files), AverageFileBytes = parsed.GetValue(bytes),
                    LibraryRows = parsed.GetValue(rows), Seed = parsed.GetValue(seed),
                },
                progress: null, token);
            return Task.FromResult((int)ExitCode.Succeeded);
        });
        return command;
    }

    private static Command CreateChange()
    {
        Argument<string> directory = Directory();
        var share = new Option<double>("--share") { Description = "Share of the files to change, from 0 to 1.", DefaultValueFactory = _ => 0.01, HelpName = "share" };
        var seed = new Option<int>("--seed") { Description = "Chooses which.", DefaultValueFactory = _ => 1, HelpName = "number" };
        var command = new Command("change", "Change some files of a sample as some days of use would.") { directory, share, seed };
        command.SetAction(parsed =>
        {
            SampleChanges changes = SampleLibrary.ChangeSome(
                Path.GetFullPath(parsed.GetRequiredValue(directory)), parsed.GetValue(share), parsed.GetValue(seed));
            Console.Out.WriteLine(DemoShow.Describe(changes));
        });
        return command;
    }

    private static Command CreateWrite()
    {
        Argument<string> directory = Directory();
        var rate = new Option<int>("--per-second") { Description = "Commits a second to aim for.", DefaultValueFactory = _ => 100, HelpName = "number" };
        var command = new Command("write", "Commit to the sample's database until stopped; print the number of each commit once it is done.")
        {
            directory, rate,
        };
        command.SetAction(async (parsed, token) =>
        {
            await using var writer = new SampleWriter(Path.GetFullPath(parsed.GetRequiredValue(directory)), parsed.GetValue(rate));
            writer.Start();
            long printed = 0;
            while (!token.IsCancellationRequested)
            {
                if (writer.CommitsDone is var done && done > printed)
                {
                    await Console.Out.WriteLineAsync($"{printed = done}");
                    await Console.Out.FlushAsync(CancellationToken.None);
                }

                await Task.Delay(5, CancellationToken.None);
            }

            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static Command CreateProve()
    {
        var database = new Argument<string>("database") { Description = "A copy of a sample's library database." };
        var commits = new Option<long>("--commits") { Description = "The number of a commit that must be in it.", HelpName = "number" };
        var command = new Command("prove", "Prove that a copy is of one moment and holds every commit up to a number.") { database, commits };
        command.SetAction(parsed =>
        {
            SampleDatabaseState copy = SampleDatabase.Verify(Path.GetFullPath(parsed.GetRequiredValue(database)));
            bool good = copy.InvariantHolds && copy.LastCommit >= parsed.GetValue(commits);
            Console.Out.WriteLine(
                $"The copy holds commits 1 to {copy.LastCommit}, and {(copy.InvariantHolds ? "is of one moment" : "is torn")}: {(good ? "good" : "BAD")}.");
            return (int)(good ? ExitCode.Succeeded : ExitCode.VerificationFailed);
        });
        return command;
    }

    private static Argument<string> Directory() => new("directory") { Description = "The sample's folder, by custom named 'Plex Media Server'." };
}
