using RePlexOn.Demo;
using RePlexOn.Plex.Databases;
using SQLitePCL;

namespace RePlexOn.Tests.Databases;

/// <summary>What a capture takes of the memory: counted for the whole process, so no other test may run beside it.</summary>
[Collection("Alone")]
public sealed class DatabaseCaptureMemoryTests
{
    [Fact]
    public async Task Should_need_little_memory_for_a_large_database()
    {
        using var server = new SampleServer(rows: 30_000, bytesPerRow: 9000);
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Number(plex, "SELECT count(*) FROM accounts");
        Assert.True(server.Library.Bytes > 250_000_000);
        raw.sqlite3_memory_highwater(1);
        var managedBefore = GC.GetTotalAllocatedBytes();

        await server.CaptureAsync();

        Assert.InRange(raw.sqlite3_memory_highwater(0), 1, 64_000_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - managedBefore, 0, 64_000_000);
    }
}

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;
