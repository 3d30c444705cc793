using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Setup;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon init</c></summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("target")
        {
            Description = "Where backups go: a path, rsync://user@host/module, ssh://user@host/path.", Arity = ArgumentArity.ZeroOrOne,
        };
        var source = new Option<string?>("--source") { Description = "The Plex data directory; found by itself where it is not given.", HelpName = "folder" };
        var passwordFile = new Option<string?>("--password-file") { Description = "File that holds, or shall hold, the rsync daemon's password.", HelpName = "file" };
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Read the rsync daemon's password from standard input and keep it in that file." };
        var skipTargetTest = new Option<bool>("--skip-target-test") { Description = "Do not ask the target whether it answers." };
        var command = new CommandWithExamples(
            "init", "Find Plex, write the configuration and the secret file, and test the target. Run again, it keeps what is set.",
            "replexon init rsync://backupuser@192.168.1.100/plex-backups --password-stdin",
            "replexon init /mnt/nas/plex",
            "replexon init ssh://backup@nas/volume1/plex --source '/srv/plex/Plex Media Server'")
        {
            target, source, passwordFile, passwordStdin, skipTargetTest,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            SetupResult result = await new InitialSetup().RunAsync(
                new SetupOptions
                {
                    ConfigurationPath = shared.ConfigurationPath(parsed),
                    Values = shared.Overrides(parsed) with
                    {
                        Target = parsed.GetValue(target),
                        Source = SharedOptions.FullPath(parsed.GetValue(source)),
                        PasswordFile = SharedOptions.FullPath(parsed.GetValue(passwordFile)),
                    },
                    Password = parsed.GetValue(passwordStdin) ? ReadPassword() : null,
                    SkipTargetTest = parsed.GetValue(skipTargetTest),
                },
                progress: null, token);
            if (shared.Json(parsed))
            {
                Screen.WriteJson(result, CliJson.Default.SetupResult);
            }
            else
            {
                Write(result);
            }

            return (int)(result.Checks.Any(check => check.Status == CheckStatus.Fail) ? ExitCode.Usage : ExitCode.Succeeded);
        });
        return command;
    }

    private static void Write(SetupResult result)
    {
        Screen.WriteFields(
            (result.Created ? "Wrote" : "Brought up to date", result.ConfigurationPath),
            ("Wrote the secret to", result.PasswordFile),
            ("State will lie in", result.StateDirectory));
        Screen.WriteChecks(result.Checks);
        if (result.Checks.All(check => check.Status != CheckStatus.Fail)) Console.Out.WriteLine("Next: replexon backup");
    }

    // On a terminal nothing is echoed; from a pipe the first line is taken.
    private static string ReadPassword()
    {
        if (Console.IsInputRedirected) return Console.In.ReadLine() ?? "";

        Console.Error.Write("Password of the rsync daemon: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
