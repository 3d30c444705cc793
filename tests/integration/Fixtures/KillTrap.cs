using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>Where a command is killed: at a program that it calls.</summary>
public enum KillStage
{
    /// <summary>Just before the program does anything.</summary>
    Before,

    /// <summary>While the program goes on.</summary>
    During,

    /// <summary>Just after the program has ended, before the command knows.</summary>
    After,
}

/// <summary>
/// Kills a <c>replexon</c> with SIGKILL at the program that it calls as the n-th. The programs are the real ones; a script
/// of the same name before them in PATH counts the calls.
/// </summary>
public sealed class KillTrap : IDisposable
{
    private static readonly string[] Programs = ["rsync", "cp"];

    // Killed during a call, the program takes the script's place: nothing but what a killed run leaves is left.
    private const string Script = """
        #!/bin/sh
        trap=${0%/*}
        real=/usr/bin/${0##*/}
        number=$(flock "$trap/lock" sh -c 'echo >>"$0/calls"; wc -l <"$0/calls"' "$trap")
        [ "$number" -eq "$KILL_AT" ] || exec "$real" "$@"
        : >"$trap/struck"
        case $KILL_STAGE in
        Before) kill -9 $PPID; exit 1 ;;
        During) kill -9 $PPID; exec "$real" "$@" ;;
        After) "$real" "$@"; kill -9 $PPID; exit 1 ;;
        esac
        """;

    private readonly ScratchFolder _folder = new();

    public KillTrap()
    {
        foreach (string program in Programs)
        {
            string script = _folder.File("bin/" + program, Script);
            File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>Runs <c>replexon</c> with a scene's configuration, and kills it.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="call">At which call, from 1.</param>
    /// <param name="stage">Before, during or after it.</param>
    /// <param name="arguments">Arguments of <c>replexon</c>.</param>
    /// <returns>Whether it was killed; false where it ended well with fewer calls.</returns>
    public async Task<bool> StrikesAsync(Scene scene, int call, KillStage stage, params string[] arguments)
    {
        foreach (string trace in new[] { "bin/calls", "bin/struck" }) File.Delete(_folder.At(trace));
        string path = $"{_folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        CommandResult result = await RunningCommand.Start(
            [("REPLEXON_CONFIG", scene.ConfigurationPath), ("PATH", path), ("KILL_AT", $"{call}"), ("KILL_STAGE", $"{stage}")],
            arguments).EndAsync();
        bool hasStruck = File.Exists(_folder.At("bin/struck"));
        Assert.True(hasStruck ? result.ExitCode == 128 + SlowRun.Kill : result.ExitCode == 0, result.ToString());
        return hasStruck;
    }

    public void Dispose() => _folder.Dispose();
}
