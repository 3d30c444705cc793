using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>Writes an audit as SARIF 2.1.0 (OASIS), which code and security dashboards read.</summary>
public static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static string Write(SecurityAuditResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer, result.Checks);
            writer.WriteStartArray("invocations");
            writer.WriteStartObject();
            writer.WriteBoolean("executionSuccessful", true);
            writer.WriteString("endTimeUtc", result.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartArray("results");
            for (int index = 0; index < result.Checks.Count; index++) WriteResult(writer, result.Checks[index], index, result.Source);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTool(Utf8JsonWriter writer, IReadOnlyList<Check> checks)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "RePlexOn");
        writer.WriteString("version", RunningTool.Version);
        writer.WriteStartArray("rules");
        foreach (Check check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("id", check.Id);
            WriteText(writer, "shortDescription", check.Title);
            if (check.Reference?.Split(',')[0] is { } page && Uri.IsWellFormedUriString(page, UriKind.Absolute)) writer.WriteString("helpUri", page);
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", LevelOf(check.Severity));
            writer.WriteEndObject();
            writer.WriteStartObject("properties");
            writer.WriteString("category", check.Category);
            writer.WriteString("security-severity", Score(check.Severity));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, Check check, int index, string? source)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", check.Id);
        writer.WriteNumber("ruleIndex", index);
        writer.WriteString("kind", KindOf(check.Status));
        // Whatever is no failure has no level (SARIF 2.1.0, 3.27.10).
        writer.WriteString("level", check.Status == CheckStatus.Fail ? LevelOf(check.Severity) : "none");
        string advice = check.Remediation.Length > 0 ? $"{check.Evidence} {check.Remediation}" : check.Evidence;
        WriteText(writer, "message", advice);
        if (source is not null) WriteLocation(writer, source);
        if (check.PreviousStatus is { } before)
        {
            writer.WriteString("baselineState", before == check.Status ? "unchanged" : "updated");
        }

        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, string source)
    {
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", "file://" + string.Join('/', Path.GetFullPath(source).Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string KindOf(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass",
        CheckStatus.Fail => "fail",
        CheckStatus.Warning => "review",
        CheckStatus.NotApplicable => "notApplicable",
        _ => "open",
    };

    private static string LevelOf(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Critical or CheckSeverity.High => "error",
        CheckSeverity.Medium => "warning",
        _ => "note",
    };

    // As GitHub reads it: from 0.1 to 10.
    private static string Score(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Critical => "9.5",
        CheckSeverity.High => "8.0",
        CheckSeverity.Medium => "5.5",
        CheckSeverity.Low => "2.5",
        _ => "0.1",
    };
}
