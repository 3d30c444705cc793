using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Docker;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon docker</c></summary>
internal static class DockerCommand
{
    public static Command Create() => new("docker", "Look at Docker containers for what they have of the host and do not need.")
    {
        CreateAudit(),
    };

    private static CommandWithExamples CreateAudit()
    {
        var names = new Argument<string[]>("names") { Description = "Only these containers; * and ? are wildcards.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Look at stopped containers too." };
        var inspect = new Option<string?>("--inspect")
        {
            Description = "Read what docker inspect printed, in place of asking Docker; - for standard input.", HelpName = "file",
        };
        var other = new Option<bool>("--other-machine")
        {
            Description = "What docker inspect printed is of another machine: do not look for its mounts here.",
        };
        var least = new Option<CheckSeverity>("--minimum-severity") { Description = "Leave out what is less grave.", HelpName = "severity" };
        var script = new Option<string?>("--script")
        {
            Description = "Write a script that puts right what can be put right; it shows what it would do until it is run with --apply.",
            HelpName = "file",
        };
        var memory = new Option<string?>("--memory-limit")
        {
            Description = "What the script gives containers that have no memory limit: 4g, 512m.", HelpName = "amount",
        };
        var pids = new Option<int>("--pids-limit")
        {
            Description = "What the script gives containers that have no limit of processes.",
            HelpName = "number",
            DefaultValueFactory = _ => new DockerRemediationOptions().PidsLimit,
        };
        var force = new Option<bool>("--force") { Description = "Replace a script that is there." };
        var json = new Option<bool>("--json") { Description = "Print JSON, for programs." };
        pids.Validators.Add(result =>
        {
            if (result.GetValue(pids) < 16) result.AddError("--pids-limit must be 16 or more.");
        });
        var command = new CommandWithExamples(
            "audit", "Find what gives containers, or others through them, more of the host than they need. Changes nothing.",
            "replexon docker audit",
            "replexon docker audit 'plex*' --all --minimum-severity Medium",
            "replexon docker audit --script fix-docker.sh --memory-limit 4g",
            "docker inspect plex | replexon docker audit --inspect - --json")
        {
            names, all, inspect, other, least, script, memory, pids, force, json,
        };
        command.SetAction(async (parsed, token) =>
        {
            var options = new DockerAuditOptions
            {
                Names = parsed.GetValue(names) ?? [],
                IncludeStopped = parsed.GetValue(all),
                MinimumSeverity = parsed.GetValue(least),
                IsOtherMachine = parsed.GetValue(other),
            };
            var remedy = new DockerRemediationOptions { MemoryLimit = parsed.GetValue(memory), PidsLimit = parsed.GetValue(pids) };
            DockerAuditResult result = parsed.GetValue(inspect) is { } file
                ? DockerAudit.Read(await ReadAsync(file, token), file == "-" ? "The input" : file, options, token)
                : await new DockerAudit(UserEnvironment.Current()).RunAsync(options, progress: null, token);
            string? path = SharedOptions.FullPath(parsed.GetValue(script));
            if (path is not null) DockerRemediationScript.WriteFile(path, result.Issues, remedy, parsed.GetValue(force));
            if (parsed.GetValue(json)) Screen.WriteJson(result.Issues, CliJson.Default.IReadOnlyListDockerIssue);
            else Write(result, path);
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken token)
    {
        try
        {
            return file == "-" ? await Console.In.ReadToEndAsync(token) : await File.ReadAllTextAsync(file, token);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "DockerInspectUnreadable", ExitCode.Usage, $"{file} could not be read: {trouble.Message}", "Name a file that this user may read.", trouble);
        }
    }

    private static void Write(DockerAuditResult result, string? script)
    {
        foreach (DockerIssue issue in result.Issues)
        {
            string status = issue.Status == CheckStatus.Unknown ? ", not known for sure" : "";
            Console.Out.WriteLine($"{issue.Container}: [{issue.Severity}{status}] {issue.Title} ({issue.Id})");
            Console.Out.WriteLine($"    {issue.Evidence}");
            Console.Out.WriteLine($"    {issue.Remediation}");
        }

        string stopped = result.Stopped > 0 ? $"; {result.Stopped} that do not run were left out (--all)" : "";
        Console.Out.WriteLine($"Issues: {result.Issues.Count}. Containers looked at: {result.Containers}{stopped}.");
        if (script is not null) Console.Out.WriteLine($"Script: {script}");
    }
}
