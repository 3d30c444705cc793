using RePlexOn.Demo;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

/// <summary>What a capture says of a database that is not what it should be.</summary>
public sealed class DamagedDatabaseTests
{
    [Fact]
    public async Task Should_name_plex_s_own_database_as_damaged_when_two_copies_are_damaged_alike()
    {
        using var server = new SampleServer();
        var bytes = File.ReadAllBytes(server.LibraryPath);
        bytes.AsSpan(40 * 4096, 4096).Clear();
        File.WriteAllBytes(server.LibraryPath, bytes);

        var error = await Failure(server);

        Assert.Equal(("DatabaseDamaged", ExitCode.VerificationFailed), (error.ErrorId, error.ExitCode));
        Assert.Contains("library.db", error.Message, StringComparison.Ordinal);
        Assert.Contains("Plex's database itself", error.Message, StringComparison.Ordinal);
        Assert.Contains("page 41", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_use_a_second_copy_when_only_the_first_went_wrong_on_its_way()
    {
        using var server = new SampleServer();
        using var plex = SampleDatabase.OpenForWriting(server.LibraryPath);
        SqliteFile.Number(plex, "SELECT count(*) FROM accounts");
        var ruined = false;

        await server.CaptureAsync(null, progress =>
        {
            if (ruined || progress.Phase != DatabaseCapturePhase.Copying || progress.PagesDone < progress.PagesTotal) return;
            ruined = true;
            using var copy = File.OpenWrite(server.CopyPath);
            copy.Position = 40 * 4096;
            copy.Write(new byte[4096]);
        });

        Assert.True(ruined);
        Assert.Empty(DatabaseCheck.Check(server.CopyPath, null, default).Problems);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.001)]
    public async Task Should_refuse_a_truncated_database(double share)
    {
        using var server = new SampleServer();
        using (var file = File.OpenWrite(server.LibraryPath)) file.SetLength((long)(file.Length * share));

        Assert.Equal("DatabaseDamaged", (await Failure(server)).ErrorId);
    }

    [Fact]
    public async Task Should_say_that_a_database_is_empty()
    {
        using var server = new SampleServer();
        File.WriteAllBytes(server.LibraryPath, []);

        Assert.Contains("0 bytes", (await Failure(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_noise_is_no_database()
    {
        using var server = new SampleServer();
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(server.LibraryPath, noise);

        Assert.Contains("does not begin as a SQLite database", (await Failure(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_a_database_has_gone()
    {
        using var server = new SampleServer();
        var library = server.Library;
        File.Delete(server.LibraryPath);

        var error = await Assert.ThrowsAsync<RePlexOnException>(() =>
            new DatabaseCapture(TimeProvider.System).CaptureAsync(library, server.CopyPath, null, default));

        Assert.Equal("DatabaseMissing", error.ErrorId);
    }

    [Fact]
    public async Task Should_say_that_the_staging_folder_cannot_be_made()
    {
        using var server = new SampleServer();

        var error = await Assert.ThrowsAsync<RePlexOnException>(() => new DatabaseCapture(TimeProvider.System)
            .CaptureAsync(server.Library, Path.Combine(server.LibraryPath, "below", "a-file.db"), null, default));

        Assert.Equal("DatabaseCopyFailed", error.ErrorId);
    }

    private static async Task<RePlexOnException> Failure(SampleServer server)
    {
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => server.CaptureAsync());
        Assert.False(File.Exists(server.CopyPath));
        return error;
    }
}
