using System.Text.Json;
using RePlexOn.History;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A backup that must be refused: what it says, what it records, and that it changes nothing on the target.</summary>
internal static class Refusal
{
    /// <summary>Runs <c>replexon backup --json</c> and compares how it ends.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="errorId">The id of the trouble, in the output and in the history.</param>
    /// <param name="exitCode">The command's and the run's.</param>
    /// <param name="words">What the message on standard error must hold, or the advice.</param>
    public static async Task ExpectAsync(Scene scene, string errorId, ExitCode exitCode, params string[] words)
    {
        string before = MirrorProof.Print(scene.Place.Folder);

        CommandResult result = await scene.CommandAsync("backup", "--json", "--state-dir", scene.State);

        Assert.True((int)exitCode == result.ExitCode, result.ToString());
        JsonElement run = result.Run;
        Assert.Equal(errorId, run.GetProperty("errorId").GetString());
        Assert.StartsWith("replexon: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("\nWhat to do: ", result.Errors, StringComparison.Ordinal);
        foreach (string word in words) Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, MirrorProof.Print(scene.Place.Folder));

        BackupRun row = scene.History[0];
        Assert.Equal((RunStatus.Failed, errorId, exitCode), (row.Status, row.ErrorId, row.ExitCode));
        Assert.Equal(run.GetProperty("message").GetString(), row.Message);
        Assert.NotNull(row.EndedAt);
        Assert.False(Directory.Exists(Path.Combine(scene.State, "staging/run")), "The staging area was left behind.");
    }
}
