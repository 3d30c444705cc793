using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RePlexOn.Checks;
using RePlexOn.History;
using Spectre.Console;

namespace RePlexOn.Cli;

/// <summary>The one place that writes for people, or JSON for programs.</summary>
internal static class Screen
{
    /// <summary>Writes an object as JSON.</summary>
    public static void WriteJson<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Writes what went wrong, and what to do.</summary>
    public static void WriteTrouble(RePlexOnException trouble) => WriteTrouble(trouble.Message, trouble.Advice);

    /// <summary>Writes what went wrong, and what to do.</summary>
    public static void WriteTrouble(string? message, string? advice)
    {
        Console.Error.WriteLine($"replexon: {message}");
        if (!string.IsNullOrEmpty(advice)) Console.Error.WriteLine($"What to do: {advice}");
    }

    /// <summary>Writes how a run ended.</summary>
    /// <returns>The exit code that says so.</returns>
    public static int WriteRun(BackupRun run, bool json)
    {
        if (json) WriteJson(run, CliJson.Default.BackupRun);
        return WriteEnding(run, onlyTrouble: json);
    }

    /// <summary>Writes how several runs of one command ended; returns the first exit code that is not 0.</summary>
    public static int WriteRuns(IReadOnlyList<BackupRun> runs, bool json)
    {
        if (json) WriteJson(runs, CliJson.Default.IReadOnlyListBackupRun);
        int exitCode = 0;
        foreach (BackupRun run in runs)
        {
            int own = WriteEnding(run, onlyTrouble: json);
            if (exitCode == 0) exitCode = own;
        }

        return exitCode;
    }

    private static int WriteEnding(BackupRun run, bool onlyTrouble)
    {
        if (run.ErrorId is not null)
        {
            WriteTrouble(run.Message, run.Advice);
        }
        else if (!onlyTrouble)
        {
            string pass = run.Pass is null ? "" : $"{run.Pass} pass: {run.PassReason}; ";
            Console.Out.WriteLine($"{run.Message} ({pass}{run.Duration.TotalSeconds:0.0} s)");
            foreach (string warning in run.Warnings) Console.Error.WriteLine($"Warning: {warning}");
        }

        return (int)(run.ExitCode ?? ExitCode.Failed);
    }

    /// <summary>Writes names and values, one a line; a value that is null is left out.</summary>
    public static void WriteFields(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        int width = 0;
        foreach ((string name, string? value) in fields)
        {
            if (value is not null) width = Math.Max(width, name.Length);
        }

        foreach ((string name, string? value) in fields)
        {
            if (value is not null) Console.Out.WriteLine($"{name.PadRight(width)}  {value}");
        }
    }

    /// <summary>Writes a table; its first column never wraps.</summary>
    public static void WriteTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int column = 0; column < headings.Count; column++)
        {
            var heading = new TableColumn(Markup.Escape(headings[column]));
            table.AddColumn(column == headings.Count - 1 ? heading : heading.NoWrap());
        }

        foreach (IReadOnlyList<string> row in rows) table.AddRow([.. row.Select(cell => new Text(cell))]);
        ForTables().Write(table);
    }

    /// <summary>Writes checks, one a line, with what to do where something is to be done.</summary>
    public static void WriteChecks(IEnumerable<Check> checks)
    {
        foreach (Check check in checks)
        {
            Console.Out.WriteLine($"[{check.Status}] {check.Title}: {check.Evidence}");
            if (check.Remediation.Length > 0) Console.Out.WriteLine($"       {check.Remediation}");
        }
    }

    // Without a terminal Spectre takes 80 columns, and cuts what a log should hold whole.
    private static IAnsiConsole ForTables()
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = 250;
        return console;
    }
}
