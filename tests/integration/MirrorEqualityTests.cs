using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;
using RePlexOn.Tests.Files;
using RePlexOn.Verification;

namespace RePlexOn.IntegrationTests;

/// <summary>After each backup the mirror is the source, whatever was done to it; the same for each kind of target.</summary>
public abstract class MirrorEqualityTests(Places places, TargetKind kind) : IClassFixture<Places>
{
    private const string Metadata = "Metadata/Movies";

    /// <summary>Changes below a folder that holds <c>file</c>, <c>folder/inner</c>, <c>link</c> and the twins <c>one</c> and <c>two</c>.</summary>
    private static readonly Dictionary<string, Action<string>> Changes = new()
    {
        ["edit"] = folder => File.AppendAllText(In(folder, "file"), "more"),
        ["edit that keeps size and time"] = folder => Rewrite(In(folder, "file")),
        ["delete"] = folder => File.Delete(In(folder, "file")),
        ["delete a folder"] = folder => Directory.Delete(In(folder, "folder"), recursive: true),
        ["rename"] = folder => File.Move(In(folder, "file"), In(folder, "-renamed")),
        ["rename a folder"] = folder => Directory.Move(In(folder, "folder"), In(folder, "new \"folder\"\nname")),
        ["file to folder"] = folder =>
        {
            File.Delete(In(folder, "file"));
            Directory.CreateDirectory(In(folder, "file/now a folder"));
        },
        ["folder to file"] = folder =>
        {
            Directory.Delete(In(folder, "folder"), recursive: true);
            File.WriteAllText(In(folder, "folder"), "now a file");
        },
        ["link to file"] = folder =>
        {
            File.Delete(In(folder, "link"));
            File.WriteAllText(In(folder, "link"), "now a file");
        },
        ["file to link"] = folder =>
        {
            File.Delete(In(folder, "file"));
            File.CreateSymbolicLink(In(folder, "file"), "folder");
        },
        ["folder to link"] = folder =>
        {
            Directory.Delete(In(folder, "folder"), recursive: true);
            File.CreateSymbolicLink(In(folder, "folder"), "file");
        },
        ["mode"] = folder => File.SetUnixFileMode(In(folder, "file"), UnixFileMode.UserRead),
        ["mode of a folder"] = folder => File.SetUnixFileMode(In(folder, "folder"), UnixFileMode.UserRead | UnixFileMode.UserExecute),
        ["time"] = folder => File.SetLastWriteTimeUtc(In(folder, "file"), new DateTime(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc)),
        ["time of a folder"] = folder => Directory.SetLastWriteTimeUtc(In(folder, "folder"), new DateTime(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc)),
        ["owner"] = folder => ScratchFolder.Owner(In(folder, "file"), 1234, 2345),
        ["owner of a link"] = folder => ScratchFolder.Owner(In(folder, "link"), 1234, 2345),
        ["another name for a file"] = folder => ScratchFolder.HardLink(In(folder, "file"), In(folder, "third")),
        ["one name less"] = folder => File.Delete(In(folder, "two")),
        ["twins part"] = folder =>
        {
            File.Delete(In(folder, "two"));
            File.WriteAllText(In(folder, "two"), "twins");
        },
        ["twins edited"] = folder => File.AppendAllText(In(folder, "one"), "more"),
        ["a name that is not UTF-8"] = folder =>
            ScratchFolder.Must(null, "bash", "-c", "echo x > \"$1\"/$'caf\\xe9 \\xff'", "bash", folder),
        ["awkward names"] = folder =>
        {
            foreach (string name in new[] { "-rf", "new\nline", "q'u\"ote", " ", "#x", "[*]?", "back\\slash", "\\#012", "~", "a:b" })
                File.WriteAllText(In(folder, name), name);
        },
    };

    [Fact]
    public async Task Should_follow_every_kind_of_change_in_one_delta_run()
    {
        using var scene = new Scene(places.New(kind));
        foreach (string name in Changes.Keys) Prepare(scene.InSource($"{Metadata}/{name}"));
        await scene.BackUpWellAsync();

        foreach ((string name, Action<string> change) in Changes) change(scene.InSource($"{Metadata}/{name}"));
        BackupRun run = await scene.BackUpWellAsync();

        Assert.Equal("Delta", run.Pass);
        SentNothing(await scene.BackUpWellAsync());
    }

    /// <summary>For targets that answer fast.</summary>
    protected async Task FollowOneChangeAfterTheOtherAsync()
    {
        using Scene scene = await BackedUpAsync();
        foreach (Action<string> change in Changes.Values)
        {
            change(scene.InSource(Metadata));
            BackupRun run = await scene.BackUpWellAsync();
            Assert.True(run.Pass == "Delta", run.PassReason);

            string folder = scene.InSource(Metadata);
            ScratchFolder.Must(null, "rm", "-r", folder);
            Prepare(folder);
        }

        await scene.BackUpWellAsync(full: true);
        SentNothing(await scene.BackUpWellAsync());
    }

    [Fact]
    public async Task Should_follow_a_rewrite_within_the_same_second()
    {
        using Scene scene = await BackedUpAsync();
        string file = scene.InSource(Metadata + "/file");
        var second = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        foreach ((string content, int ms) in new[] { ("first", 100), ("other", 200), ("third", 300) })
        {
            await File.WriteAllTextAsync(file, content);
            File.SetLastWriteTimeUtc(file, second.AddMilliseconds(ms));
            await scene.BackUpWellAsync();
        }
    }

    protected async Task FollowARandomHistoryAsync(int seed)
    {
        using Scene scene = await BackedUpAsync();
        var random = new Random(seed);
        string folder = Directory.CreateDirectory(scene.InSource("Media/localhost/random")).FullName;
        for (int round = 0; round < 5; round++)
        {
            new TreeMutations(folder, random).Apply(60);
            await scene.BackUpWellAsync();
        }
    }

    [Fact]
    public async Task Should_fill_an_empty_mirror_in_two_halves()
    {
        using Scene scene = LargeScene(places.New(kind));
        await scene.BackUpWellAsync();
        // The databases arrive long before the files beside them.
        using FileStream list = File.OpenRead(scene.Place.InMirror(BackupManifest.FileListRelativePath));
        FileListReader.Read(list, (path, entry) => Assert.True(entry.Kind != ListedEntry.Unsure, path));
        await scene.VerifyWellAsync();
        await scene.BackUpWellAsync();
    }

    /// <summary>A scene that is large enough to be sent in two halves.</summary>
    protected static Scene LargeScene(Place place)
    {
        var scene = new Scene(place);
        for (int folder = 0; folder < 100; folder++)
        {
            string parent = Directory.CreateDirectory(scene.InSource($"Metadata/{folder % 7}/[{folder}] *")).FullName;
            for (int file = 0; file < 230; file++) File.WriteAllBytes(Path.Combine(parent, $"{file}"), []);
        }

        Prepare(scene.InSource(Metadata));
        // Several names of one file are for one rsync.
        File.Delete(scene.InSource(Metadata + "/two"));
        FileTree tree = new TreeScanner(MirrorPatterns.For([])).Scan(scene.Source);
        Assert.NotNull(TreeHalf.Of(tree));
        Assert.False(tree.HasHardLinks);
        return scene;
    }

    [Fact]
    public async Task Should_leave_out_what_is_excluded_and_what_plex_makes_anew()
    {
        using var scene = new Scene(places.New(kind));
        await File.WriteAllTextAsync(scene.InSource("Plug-in Support/Databases/com.plexapp.plugins.library.db-2026-01-01"), "kept");
        await scene.BackUpWellAsync();

        Assert.True(File.Exists(scene.Place.InMirror("Plug-in Support/Databases/com.plexapp.plugins.library.db-2026-01-01")));
        foreach (string left in new[] { "Cache", "Logs", "Codecs", ".LocalAdminToken", "plexmediaserver.pid" })
            Assert.False(Path.Exists(scene.Place.InMirror(left)), left);
    }

    [Fact]
    public async Task Should_send_nothing_when_nothing_changed()
    {
        using Scene scene = await BackedUpAsync();
        SentNothing(await scene.BackUpWellAsync());
    }

    /// <summary>A scene of which the mirror holds everything, and which has settled.</summary>
    private async Task<Scene> BackedUpAsync()
    {
        var scene = new Scene(places.New(kind));
        Prepare(scene.InSource(Metadata));
        await scene.BackUpWellAsync();
        return scene;
    }

    private static void Prepare(string folder)
    {
        Directory.CreateDirectory(In(folder, "folder"));
        File.WriteAllText(In(folder, "file"), "some content");
        File.WriteAllText(In(folder, "folder/inner"), "inner");
        File.CreateSymbolicLink(In(folder, "link"), "file");
        File.WriteAllText(In(folder, "one"), "twins");
        ScratchFolder.HardLink(In(folder, "one"), In(folder, "two"));
    }

    private static void Rewrite(string file)
    {
        DateTime time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "SOME CONTENT");
        File.SetLastWriteTimeUtc(file, time);
    }

    private static void SentNothing(BackupRun run) =>
        Assert.True((run.FilesSent, run.FilesDeleted) == (0, 0), $"{run.Message} {run.Pass}: {run.PassReason}");

    private static string In(string folder, string name) => Path.Combine(folder, name);
}
