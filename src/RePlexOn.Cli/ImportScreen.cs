using System.CommandLine;
using System.Globalization;
using RePlexOn.Legacy;

namespace RePlexOn.Cli;

/// <summary>What the imports from the first system have in common.</summary>
internal static class ImportScreen
{
    /// <summary>The option that names the zone of times without one.</summary>
    public static Option<string?> ZoneOption() => new("--time-zone")
    {
        Description = "Zone of times that name none, such as Europe/Berlin; this machine's where it is left out.", HelpName = "zone",
    };

    /// <summary>Shows what an import did.</summary>
    public static void Write(LegacyImportResult result, bool json)
    {
        if (json)
        {
            Screen.WriteJson(result, CliJson.Default.LegacyImportResult);
            return;
        }

        string added = result.IsDryRun ? "Runs that would be added" : "Runs added";
        string byDay = result.AddedByDay > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({result.AddedByDay} of them by their day alone)") : "";
        string others = string.Join("", Others(result).Where(one => one.Count > 0)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"; {one.What}: {one.Count}")));
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{added} from {result.Path}: {result.Added}{byDay}{others}. ({ByteSize.Format(result.BytesRead)} read, {result.Duration.TotalSeconds:0.000} s)"));
        foreach (string note in result.Notes) Console.Out.WriteLine(note);
        if (result.IsDryRun) Console.Out.WriteLine("Nothing was changed.");
    }

    private static IEnumerable<(string What, int Count)> Others(LegacyImportResult result) =>
        [("there already", result.Known), ("replaced", result.Replaced), ("left out", result.LeftOut)];
}
