using RePlexOn.Files;
using RePlexOn.Restore;
using RePlexOn.Tests.Files;

namespace RePlexOn.Tests.Restore;

/// <summary>Replacing and putting back, cut short before each single rename.</summary>
public sealed class TreeSwapTests : IDisposable
{
    private const string Databases = "Plug-in Support/Databases";

    private readonly ScratchFolder _folder = new();

    private string Destination => Path.Combine(_folder.Root, "Plex Media Server");

    private RestoreWorkspace Workspace => new(Destination);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_replace_what_the_backup_has_and_leave_what_no_backup_holds()
    {
        RestoreJournal journal = await PrepareAsync();

        new TreeSwap(Workspace).Apply(journal.Units);

        Assert.Equal(
            [
                "Cache/kept=live", "Media/a=new", "Metadata/m=new", "Plug-in Support/Caches/kept=live",
                $"{Databases}/dbtmp/kept=live", $"{Databases}/x.db=new", "Preferences.xml=new",
            ],
            Content());
    }

    [Fact]
    public async Task Should_be_finished_by_a_second_call_after_one_cut_short_anywhere()
    {
        for (int renames = 0; await CutShortAsync(renames); renames++)
        {
            new TreeSwap(Workspace).Apply(Workspace.ReadJournal()!.Units);
            Assert.Contains("Preferences.xml=new", Content());
            Assert.Contains($"{Databases}/x.db=new", Content());
            Assert.DoesNotContain(Content(), line => line.EndsWith("=old", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Should_at_no_moment_leave_a_database_beside_the_log_of_another()
    {
        for (int renames = 0; await CutShortAsync(renames); renames++)
        {
            if (File.Exists(At(Databases + "/x.db-wal"))) Assert.DoesNotContain($"{Databases}/x.db=new", Content());
        }
    }

    [Fact]
    public async Task Should_be_undone_after_being_cut_short_anywhere()
    {
        for (int renames = 0; await CutShortAsync(renames); renames++)
        {
            string[] before = OldContent();
            new TreeSwap(Workspace).Undo(Workspace.ReadJournal()!.Units);
            Assert.Equal(before, Content());
        }
    }

    [Fact]
    public async Task Should_be_undone_also_where_the_undo_is_cut_short_anywhere()
    {
        for (int renames = 0; ; renames++)
        {
            RestoreJournal journal = await PrepareAsync();
            new TreeSwap(Workspace).Apply(journal.Units);
            bool cut = IsCutShort(renames, swap => swap.Undo(journal.Units));
            new TreeSwap(Workspace).Undo(journal.Units);
            Assert.Equal(OldContent(), Content());
            if (!cut) return;
        }
    }

    [Fact]
    public async Task Should_keep_what_appears_while_it_is_cut_short()
    {
        for (int renames = 0; await CutShortAsync(renames); renames++)
        {
            // Plex, started in between, makes what it misses.
            if (!File.Exists(At("Preferences.xml"))) Write("Preferences.xml", "made since");
            if (!File.Exists(At(Databases + "/x.db-wal"))) Write(Databases + "/x.db-wal", "made since");

            new TreeSwap(Workspace).Apply(Workspace.ReadJournal()!.Units);
            Assert.Contains("Preferences.xml=new", Content());
            Assert.DoesNotContain(Content(), line => line.Contains("-wal", StringComparison.Ordinal));

            new TreeSwap(Workspace).Undo(Workspace.ReadJournal()!.Units);
            Assert.Equal(OldContent(), Content());
        }
    }

    [Fact]
    public async Task Should_take_the_log_of_a_restored_database_away_when_it_is_undone()
    {
        RestoreJournal journal = await PrepareAsync(withLog: false);
        new TreeSwap(Workspace).Apply(journal.Units);
        Write(Databases + "/x.db-wal", "commits to the restored database");

        new TreeSwap(Workspace).Undo(journal.Units);

        Assert.DoesNotContain(Content(), line => line.Contains("-wal", StringComparison.Ordinal));
        Assert.Equal("commits to the restored database", await File.ReadAllTextAsync(Path.Combine(Workspace.Since, Databases, "x.db-wal")));
    }

    [Fact]
    public async Task Should_replace_only_the_parts_asked_for()
    {
        RestoreJournal journal = await PrepareAsync(parts: [RestorePart.Find("databases")]);

        new TreeSwap(Workspace).Apply(journal.Units);

        Assert.Contains($"{Databases}/x.db=new", Content());
        Assert.Contains("Preferences.xml=old", Content());
        Assert.Contains("Plug-in Support/Data/d=old", Content());
        Assert.DoesNotContain($"{Databases}/x.db-wal=old", Content());
    }

    [Fact]
    public async Task Should_refuse_a_part_behind_a_link()
    {
        await PrepareAsync();
        Directory.Move(At("Plug-in Support"), Path.Combine(_folder.Root, "elsewhere"));
        Directory.CreateSymbolicLink(At("Plug-in Support"), Path.Combine(_folder.Root, "elsewhere"));

        var trouble = Assert.Throws<RePlexOnException>(() => Plan([RestorePart.Find("Databases")]));

        Assert.Equal("PartBehindLink", trouble.ErrorId);
    }

    /// <summary>Prepares a swap and cuts it short; false where it came to its end before.</summary>
    private async Task<bool> CutShortAsync(int renames)
    {
        RestoreJournal journal = await PrepareAsync();
        return IsCutShort(renames, swap => swap.Apply(journal.Units));
    }

    private bool IsCutShort(int renames, Action<TreeSwap> work)
    {
        int left = renames;
        try
        {
            work(new TreeSwap(Workspace, _ => { if (left-- == 0) throw new OperationCanceledException(); }));
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task<RestoreJournal> PrepareAsync(bool withLog = true, IReadOnlyList<RestorePart>? parts = null)
    {
        if (Directory.Exists(Destination)) Directory.Delete(Destination, recursive: true);
        foreach (string path in new[] { "Preferences.xml", "Media/a", "Media/b", "Gone/x", Databases + "/x.db", "Plug-in Support/Data/d" }) Write(path, "old");
        if (withLog) Write(Databases + "/x.db-wal", "old");
        foreach (string path in new[] { "Cache/kept", "Plug-in Support/Caches/kept", Databases + "/dbtmp/kept" }) Write(path, "live");
        await Workspace.CreateAsync(anew: true);
        foreach (string path in new[] { "Preferences.xml", "Media/a", "Metadata/m", Databases + "/x.db" }) Write(".replexon/restore/new/" + path, "new");

        (IReadOnlyList<SwapUnit> units, IReadOnlyList<SwapFolder> folders) = Plan(parts ?? []);
        var journal = new RestoreJournal
        {
            Stage = RestoreStage.Replacing, RunId = "run", StartedAt = DateTimeOffset.UnixEpoch, Target = "t", Name = "mirror", Parts = [],
            Units = units, Folders = folders,
        };
        Workspace.Write(journal);
        return journal;
    }

    private (IReadOnlyList<SwapUnit> Units, IReadOnlyList<SwapFolder> Folders) Plan(IReadOnlyList<RestorePart> parts)
    {
        FileTree live = new TreeScanner(FilePatterns.Parse(["/.replexon/", .. RePlexOn.Plex.PlexExclusions.Defaults], [])).Scan(Destination);
        FileTree fetched = new TreeScanner(FilePatterns.None).Scan(Workspace.Fetched);
        return new SwapPlanner(Destination, live, fetched, new RestoreScope(parts)).Plan();
    }

    private string[] OldContent() =>
    [
        "Cache/kept=live", "Gone/x=old", "Media/a=old", "Media/b=old", "Plug-in Support/Caches/kept=live", "Plug-in Support/Data/d=old",
        $"{Databases}/dbtmp/kept=live", $"{Databases}/x.db=old", $"{Databases}/x.db-wal=old", "Preferences.xml=old",
    ];

    private string[] Content() =>
    [
        .. Directory.EnumerateFiles(Destination, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Destination, path)).Where(path => !path.StartsWith(".replexon/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(path => $"{path}={File.ReadAllText(At(path))}"),
    ];

    private string At(string relative) => Path.Combine(Destination, relative);

    private void Write(string relative, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), content);
    }
}
