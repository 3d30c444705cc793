using System.Text;

namespace RePlexOn.Schedules;

/// <summary>Text between double quotes in unit files; see "quoting" in systemd.syntax(7).</summary>
internal static class SystemdText
{
    public static string Quote(string text) => "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal) + "\"";

    /// <summary>The text that <see cref="Quote"/> was given.</summary>
    public static string Unquote(string quoted)
    {
        var text = new StringBuilder();
        for (int i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] is '\\' or '%') i++;
            text.Append(quoted[i]);
        }

        return text.ToString();
    }
}
