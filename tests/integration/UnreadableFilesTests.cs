using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;

namespace RePlexOn.IntegrationTests;

/// <summary>Backups as a user who may not read everything.</summary>
public sealed class UnreadableFilesTests(Places places) : IClassFixture<Places>
{
    private const string Folder = "Media/localhost/closed folder", File = "Media/localhost/closed file";

    [Fact]
    public async Task Should_name_what_is_missing_and_get_there_once_it_can_be_read()
    {
        using Scene scene = OwnedByNobody();
        Assert.Equal(0, (await BackUpAsync(scene)).ExitCode);

        System.IO.File.WriteAllText(scene.InSource(File), "closed");
        System.IO.File.WriteAllText(Path.Combine(Directory.CreateDirectory(scene.InSource(Folder)).FullName, "within"), "closed");
        Close(scene, Folder);
        Close(scene, File);
        for (int i = 0; i < 2; i++)
        {
            CommandResult result = await BackUpAsync(scene);

            Assert.True(result.ExitCode == (int)ExitCode.Incomplete, result.ToString());
            string warnings = string.Join('\n', result.Run.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()));
            Assert.Contains("closed folder", warnings, StringComparison.Ordinal);
            Assert.Contains("closed file", warnings, StringComparison.Ordinal);
            Assert.Equal(RunStatus.Warning, scene.History[0].Status);
            await scene.VerifyWellAsync();
        }

        Open(scene);
        CommandResult good = await BackUpAsync(scene);
        Assert.True(good.ExitCode == 0, good.ToString());
        MirrorProof.IsEqual(scene);
        CommandResult delta = await BackUpAsync(scene);
        Assert.Equal("Delta", delta.Run.GetProperty("pass").GetString());
        await scene.VerifyWellAsync();
    }

    [Fact]
    public async Task Should_keep_in_the_mirror_what_can_no_longer_be_read()
    {
        using Scene scene = OwnedByNobody();
        System.IO.File.WriteAllText(Path.Combine(Directory.CreateDirectory(scene.InSource(Folder)).FullName, "within"), "closed");
        Open(scene);
        Assert.Equal(0, (await BackUpAsync(scene)).ExitCode);
        Close(scene, Folder);

        foreach (string full in new[] { "", "--full" })
        {
            CommandResult result = await BackUpAsync(scene, full);
            Assert.True(result.ExitCode == (int)ExitCode.Incomplete, result.ToString());
            Assert.True(System.IO.File.Exists(scene.Place.InMirror(Folder + "/within")));
            await scene.VerifyWellAsync();
        }
    }

    private static Task<CommandResult> BackUpAsync(Scene scene, string option = "") => RunningCommand.StartProgram(
        [("REPLEXON_CONFIG", scene.ConfigurationPath), ("HOME", scene.State)],
        "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", RunningCommand.Program, "backup", "--json", .. option.Length > 0 ? [option] : Array.Empty<string>()])
        .EndAsync();

    private static void Close(Scene scene, string path)
    {
        ScratchFolder.Must(null, "chown", "root:root", scene.InSource(path));
        ScratchFolder.Must(null, "chmod", "go=", scene.InSource(path));
    }

    private static void Open(Scene scene) => ScratchFolder.Must(null, "chown", "-R", "65534:65534", scene.Source);

    /// <summary>A scene of the user nobody, to a local folder that is his too.</summary>
    private Scene OwnedByNobody()
    {
        var scene = new Scene(places.New(TargetKind.Local));
        string folder = Path.GetDirectoryName(scene.Source)!;
        ScratchFolder.Must(null, "chown", "-R", "65534:65534", folder, scene.Place.Folder);
        ScratchFolder.Must(null, "chmod", "a+x", Path.GetDirectoryName(scene.Place.Folder)!);
        return scene;
    }
}
