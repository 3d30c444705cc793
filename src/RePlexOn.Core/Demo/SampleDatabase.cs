using Microsoft.Data.Sqlite;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Demo;

/// <summary>Databases as a Plex server has them: write-ahead mode, and a schema that only Plex's own SQLite fully understands.</summary>
public static class SampleDatabase
{
    /// <summary>Makes the library database and that of its blobs.</summary>
    /// <param name="dataDirectory">The folder named <c>Plex Media Server</c>; must not hold them yet.</param>
    /// <param name="options">How many rows of what size.</param>
    public static void Create(string dataDirectory, SampleOptions options)
    {
        Directory.CreateDirectory(Path.Combine(dataDirectory, PlexDatabaseFiles.FolderRelativePath));
        Create(
            Path.Combine(dataDirectory, PlexDatabaseFiles.LibraryRelativePath), options,
            SampleSchema.Library, SampleSchema.LibraryRows, SampleSchema.VirtualTables);
        Create(
            Path.Combine(dataDirectory, PlexDatabaseFiles.BlobsRelativePath), options,
            SampleSchema.Blobs, SampleSchema.BlobRows, after: "");
    }

    /// <summary>Reads from a copy which moment it stands for and whether it stands for one moment only.</summary>
    /// <param name="path">A copy of a sample library database. Nothing is made beside it.</param>
    /// <returns>The number of the last commit in it, and whether the invariant of all commits holds.</returns>
    /// <exception cref="SqliteException">The copy cannot be read.</exception>
    public static SampleDatabaseState Verify(string path)
    {
        using var connection = SqliteFile.OpenUnchanging(path);
        var last = SqliteFile.Number(connection, "SELECT coalesce(max(number), 0) FROM sample_commits");
        var holds = SqliteFile.Number(connection, """
            SELECT (SELECT count(*) FROM sample_commits) = (SELECT coalesce(max(number), 0) FROM sample_commits)
               AND (SELECT count(*) FROM metadata_item_views) = (SELECT sum(view_count) FROM metadata_item_settings)
               AND (SELECT count(*) FROM metadata_item_views) = (SELECT count(*) FROM sample_commits)
            """);
        return new SampleDatabaseState(last, holds == 1);
    }

    /// <summary>Opens a sample database to write to it, with a stand-in for the collation that Plex's SQLite has.</summary>
    internal static SqliteConnection OpenForWriting(string path)
    {
        var connection = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.CreateCollation("icu_root", string.CompareOrdinal);
        return connection;
    }

    private static void Create(string path, SampleOptions options, string schema, string rows, string after)
    {
        using var connection = OpenForWriting(path);
        SqliteFile.Execute(connection, "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
        using (var transaction = connection.BeginTransaction())
        {
            SqliteFile.Execute(connection, schema);
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = rows;
            insert.Parameters.AddWithValue("$rows", options.LibraryRows);
            insert.Parameters.AddWithValue("$bytes", options.BytesPerRow);
            insert.Parameters.AddWithValue("$seed", options.Seed);
            insert.ExecuteNonQuery();
            if (after.Length > 0) SqliteFile.Execute(connection, after);
            transaction.Commit();
        }
    }
}
