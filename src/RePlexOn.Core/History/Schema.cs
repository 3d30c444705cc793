using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RePlexOn.History;

/// <summary>Brings a database to the version that this program knows.</summary>
/// <param name="migrations">See <see cref="Migrations"/>.</param>
internal sealed class Schema(IReadOnlyList<string> migrations)
{
    /// <summary>The version after all migrations.</summary>
    internal int Newest => migrations.Count;

    /// <summary>The version of a database; 0 where nothing is in it yet.</summary>
    /// <exception cref="RePlexOnException"><c>HistoryTooNew</c>.</exception>
    internal int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        return version <= Newest ? version : throw TooNew(connection.DataSource, version);
    }

    /// <summary>Applies what is missing, each step in a transaction of its own: a step is there wholly or not at all.</summary>
    /// <exception cref="RePlexOnException"><c>HistoryTooNew</c>.</exception>
    internal void BringUpToDate(SqliteConnection connection)
    {
        for (var version = VersionOf(connection); version < Newest; version++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture, $"{migrations[version]}; PRAGMA user_version = {version + 1}");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private RePlexOnException TooNew(string path, int version) => new(
        "HistoryTooNew",
        ExitCode.Failed,
        $"The history {path} was written by a newer RePlexOn: it has version {version}, and this one knows versions up to {Newest}.",
        "Update RePlexOn on this machine. To go on with this version, move the file away: a new history is begun, and the backups themselves are not touched.");
}
