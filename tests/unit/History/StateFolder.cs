using Microsoft.Data.Sqlite;
using RePlexOn.History;

namespace RePlexOn.Tests.History;

/// <summary>A state directory of a test's own, with a name that is hard on careless code.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("rpx-state-").FullName;

    public StateFolder() => Path = System.IO.Path.Combine(_root, "it's; a \"state\" %41?#\nfolder");

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "history.db");

    public HistoryStore Read() => HistoryStore.Open(Path, HistoryAccess.Read, TimeProvider.System);

    public HistoryStore Write(TimeProvider? time = null) =>
        HistoryStore.Open(Path, HistoryAccess.Write, time ?? TimeProvider.System);

    public List<BackupRun> All()
    {
        using var store = Read();
        return [.. store.Query(new RunQuery())];
    }

    public void Sql(string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static BackupRun Run(
        string id = "run", RunStatus status = RunStatus.Running, RunKind kind = RunKind.Mirror, DateTimeOffset? at = null) => new()
        {
            Id = id,
            Kind = kind,
            Trigger = RunTrigger.Schedule,
            Status = status,
            StartedAt = at ?? DateTimeOffset.Now,
            Host = "nas",
            ToolVersion = "0.1.0",
        };

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
