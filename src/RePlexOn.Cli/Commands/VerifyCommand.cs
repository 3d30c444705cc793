using System.CommandLine;
using RePlexOn.History;
using RePlexOn.Verification;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon verify</c></summary>
internal static class VerifyCommand
{
    private const int FindingsShown = 50;

    public static Command Create()
    {
        var what = new Argument<string>("what")
        {
            Description = "`mirror`, or the name of a snapshot.", DefaultValueFactory = _ => VerificationResult.Mirror,
        };
        var depth = new Option<VerificationDepth>("--depth")
        {
            Description = "Quick: names and sizes. Sample: also the databases and some files. Full: every content, read where it lies.",
            DefaultValueFactory = _ => VerificationDepth.Sample,
        };
        var files = new Option<int>("--sample-files") { Description = "How many files a sample holds.", DefaultValueFactory = _ => VerificationOptions.DefaultSampleFiles, HelpName = "number" };
        var seed = new Option<int?>("--seed") { Description = "Take the sample of an earlier verification again.", HelpName = "number" };
        var target = new Option<string?>("--target") { Description = "Where the backup lies, in place of the configured target.", HelpName = "target" };
        var scheduled = new Option<bool>("--scheduled") { Description = "Say in the history that a schedule started it." };
        var command = new CommandWithExamples(
            "verify", "Prove that the mirror or a snapshot is what was backed up.",
            "replexon verify",
            "replexon verify --depth full",
            "replexon verify 2026-11-21_030000 --depth quick --json")
        {
            what, depth, files, seed, target, scheduled,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(what);
            var options = new VerificationOptions
            {
                ConfigurationPath = shared.ConfigurationPath(parsed),
                Overrides = shared.Overrides(parsed) with { Target = parsed.GetValue(target) },
                Trigger = parsed.GetValue(scheduled) ? RunTrigger.Schedule : RunTrigger.Interactive,
                Snapshot = name == VerificationResult.Mirror ? null : name,
                Depth = parsed.GetValue(depth),
                SampleFiles = parsed.GetValue(files),
                Seed = parsed.GetValue(seed),
            };
            VerificationResult result = await ProgressLine.ShowAsync<VerificationProgress, VerificationResult>(
                step => (step.Text, step.Percent),
                progress => new BackupVerification(TimeProvider.System).RunAsync(options, progress, token));
            Write(result, shared.Json(parsed));
            return (int)(result.Run.ExitCode ?? ExitCode.Failed);
        });
        return command;
    }

    private static void Write(VerificationResult result, bool json)
    {
        if (json)
        {
            Screen.WriteJson(result, CliJson.Default.VerificationResult);
        }
        else
        {
            foreach (VerificationFinding finding in result.Findings.Take(FindingsShown)) Console.Out.WriteLine(finding);
            if (result.Findings.Count > FindingsShown) Console.Out.WriteLine($"… and {result.Findings.Count - FindingsShown} more; --json lists all.");
            if (result.IsGood) Console.Out.WriteLine($"{result.Run.Message} ({result.Run.Duration.TotalSeconds:0.0} s)");
        }

        if (result.Run.ErrorId is not null) Screen.WriteTrouble(result.Run.Message, result.Run.Advice);
    }
}
