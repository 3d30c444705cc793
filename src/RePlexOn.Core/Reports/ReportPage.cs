using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Reports;

/// <summary>The whole page of a report.</summary>
internal sealed class ReportPage(BackupReport report)
{
    /// <summary>By what a file is known as a report; it stands in the first kilobyte.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"RePlexOn";

    private const string StyleSheet = "RePlexOn.Reports.report.css";

    /// <summary>Writes it.</summary>
    /// <remarks>The policy lets a browser take this style sheet alone: no script could run, and nothing be fetched.</remarks>
    public Html Write()
    {
        string style = ReadStyleSheet();
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {Html.OfOurOwn(Mark)} {RunningTool.Version}">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>{ReportText.Headline(report.Status.Health)} – backup of {report.Host}, {ReportText.Minute(report.MadeAt)}</title>
            <link rel="icon" href="data:,">
            <style>{Html.OfOurOwn(style)}</style>
            </head>
            <body>
            <main>
            {StatusSection.Write(report)}
            {SizeSection.Write(report.Days)}
            {CalendarSection.Write(report.Days)}
            {KindsSection.Write(report.Statistics)}
            {RunsSection.Write(report)}
            {SchedulesSection.Write(report.Schedules)}
            {SnapshotsSection.Write(report)}
            </main>
            <footer>
            <p>RePlexOn {RunningTool.Version} on {report.Host}, {report.MadeAt.ToString("yyyy-MM-dd HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture)}.
            Configuration: <span class="path">{report.Status.ConfigurationPath ?? "none, the defaults are in force"}</span>.
            History: <span class="path">{report.Status.StateDirectory}</span>.</p>
            </footer>
            </body>
            </html>

            """);
    }

    private static string ReadStyleSheet()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(StyleSheet)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
