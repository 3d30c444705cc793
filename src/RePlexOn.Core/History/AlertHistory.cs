using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using RePlexOn.Alerts;

namespace RePlexOn.History;

/// <summary>What was told to whom, and whether it arrived.</summary>
/// <param name="history">The history that holds it.</param>
public sealed class AlertHistory(HistoryStore history)
{
    private const string Troubles = "('Failure', 'Warning', 'Overdue')";

    // Troubles of a topic are over with its recovery.
    private const string SinceRecovery = """
        number > (SELECT ifnull(max(number), 0) FROM alerts WHERE topic = $topic AND kind = 'Recovery')
        """;

    /// <summary>The newest alerts, the newest first.</summary>
    /// <param name="last">How many.</param>
    public IReadOnlyList<AlertRecord> Newest(int last) => history.IsEmpty ? [] : history.Look(connection =>
        Read(connection, "SELECT * FROM alerts ORDER BY number DESC LIMIT $last", ("last", last)));

    /// <summary>Writes an alert down before it goes out, unless it was told already, or is the recovery of what nobody was told of.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="deliveries">How its deliveries stand.</param>
    /// <returns>The alert with its number; null where it is not to be told.</returns>
    internal AlertRecord? Add(Alert alert, string subject, IReadOnlyList<AlertDelivery> deliveries) => history.Change(connection =>
    {
        bool isNews = alert switch
        {
            { Kind: AlertKind.Recovery } => IsOpen(connection, alert.Topic),
            { Trouble: { } trouble } => !WasTold(connection, alert.Topic, trouble, alert.At - alert.RepeatAfter ?? DateTimeOffset.MinValue),
            _ => true,
        };
        if (!isNews) return null;

        long number = (long)Command(
            connection,
            "INSERT INTO alerts (kind, topic, trouble, raised_utc, subject, content) VALUES ($kind, $topic, $trouble, $raised, $subject, $content) RETURNING number",
            ("kind", alert.Kind.ToString()), ("topic", alert.Topic), ("trouble", alert.Trouble), ("raised", RunWriter.UtcText(alert.At)),
            ("subject", subject), ("content", JsonSerializer.Serialize(alert, AlertJson.Default.Alert))).ExecuteScalar()!;
        foreach (AlertDelivery delivery in deliveries) Save(connection, number, delivery);
        return new AlertRecord { Number = number, Alert = alert, Subject = subject, Deliveries = deliveries };
    });

    /// <summary>Writes down what became of a delivery.</summary>
    internal void Save(long alert, AlertDelivery delivery) => history.Change(connection => Save(connection, alert, delivery));

    /// <summary>The first trouble of a topic that was told since the last recovery; null where it is well as far as anybody was told.</summary>
    internal AlertRecord? FirstOpen(string topic) => history.Look(connection => Read(
        connection, $"SELECT * FROM alerts WHERE topic = $topic AND kind IN {Troubles} AND {SinceRecovery} ORDER BY number LIMIT 1",
        ("topic", topic)).FirstOrDefault());

    /// <summary>Whether a trouble of a topic was told since the last recovery.</summary>
    internal bool WasTold(string topic, string trouble) => history.Look(connection => WasTold(connection, topic, trouble, DateTimeOffset.MinValue));

    /// <summary>
    /// Alerts by rule that did not arrive everywhere: the last of each topic, as what was before it is no news any more.
    /// </summary>
    /// <param name="since">Only those that were found out after this moment.</param>
    /// <param name="deadBefore">A delivery on its way since before this moment belongs to a process that died.</param>
    /// <param name="mostAttempts">Those tried more often are left alone.</param>
    internal IReadOnlyList<AlertRecord> Undelivered(DateTimeOffset since, DateTimeOffset deadBefore, int mostAttempts) =>
        history.Look(connection => Read(
            connection,
            $"""
            SELECT * FROM alerts AS a
            WHERE raised_utc > $since AND kind NOT IN ('Message', 'Test', 'Ping')
                AND number = (SELECT max(number) FROM alerts WHERE topic = a.topic)
                AND EXISTS (
                    SELECT 1 FROM alert_deliveries
                    WHERE alert = a.number AND attempts < $most
                        AND (status = 'Failed' OR status = 'Pending' AND tried_utc < $dead))
            ORDER BY number
            """,
            ("since", RunWriter.UtcText(since)), ("dead", RunWriter.UtcText(deadBefore)), ("most", mostAttempts)));

    private static bool WasTold(SqliteConnection connection, string topic, string trouble, DateTimeOffset after) => Command(
        connection, $"SELECT 1 FROM alerts WHERE topic = $topic AND trouble = $trouble AND raised_utc > $after AND {SinceRecovery} LIMIT 1",
        ("topic", topic), ("trouble", trouble), ("after", RunWriter.UtcText(after))).ExecuteScalar() is not null;

    private static bool IsOpen(SqliteConnection connection, string topic) =>
        Command(
            connection, $"SELECT 1 FROM alerts WHERE topic = $topic AND kind IN {Troubles} AND {SinceRecovery} LIMIT 1",
            ("topic", topic)).ExecuteScalar() is not null;

    private static int Save(SqliteConnection connection, long alert, AlertDelivery delivery) => Command(
        connection,
        """
        INSERT OR REPLACE INTO alert_deliveries (alert, channel, status, tried_utc, tried_offset, attempts, error_id, message, advice)
        VALUES ($alert, $channel, $status, $tried, $offset, $attempts, $error, $message, $advice)
        """,
        ("alert", alert), ("channel", delivery.Channel), ("status", delivery.Status.ToString()), ("tried", RunWriter.UtcText(delivery.At)),
        ("offset", (long)delivery.At.TotalOffsetMinutes), ("attempts", delivery.Attempts), ("error", delivery.ErrorId),
        ("message", delivery.Message), ("advice", delivery.Advice)).ExecuteNonQuery();

    private static List<AlertRecord> Read(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var alerts = new List<AlertRecord>();
        using (SqliteCommand command = Command(connection, sql, parameters))
        using (SqliteDataReader row = command.ExecuteReader())
        {
            while (row.Read())
            {
                alerts.Add(new AlertRecord
                {
                    Number = row.GetInt64("number"),
                    Alert = JsonSerializer.Deserialize(row.GetString("content"), AlertJson.Default.Alert)!,
                    Subject = row.GetString("subject"),
                });
            }
        }

        return alerts.ConvertAll(alert => alert with { Deliveries = Deliveries(connection, alert.Number) });
    }

    private static List<AlertDelivery> Deliveries(SqliteConnection connection, long alert)
    {
        using SqliteCommand command = Command(
            connection, "SELECT * FROM alert_deliveries WHERE alert = $alert ORDER BY channel", ("alert", alert));
        using SqliteDataReader row = command.ExecuteReader();
        var deliveries = new List<AlertDelivery>();
        while (row.Read())
        {
            deliveries.Add(new AlertDelivery(
                row.GetString("channel"), Enum.Parse<DeliveryStatus>(row.GetString("status")), RunReader.Moment(row, "tried")!.Value,
                row.GetInt32("attempts"), RunReader.Text(row, "error_id"), RunReader.Text(row, "message"), RunReader.Text(row, "advice")));
        }

        return deliveries;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        return command;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Alert))]
internal sealed partial class AlertJson : JsonSerializerContext;
