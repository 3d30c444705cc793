using System.Globalization;
using System.Text;

namespace RePlexOn.Security.Docker;

/// <summary>Writes any text as one word of a bash script, on one line; nothing in it is expanded.</summary>
internal static class BashWord
{
    /// <summary>The word.</summary>
    /// <param name="text">Anything but NUL, which no argument can hold.</param>
    public static string Quote(string text)
    {
        // Plain quotes would do for a dollar sign too, but shellcheck takes it for a mistake there.
        if (!text.Any(one => char.IsControl(one) || one is '\'' or '\\' or '$' or '`')) return $"'{text}'";

        var word = new StringBuilder("$'");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                foreach (byte one in Encoding.UTF8.GetBytes(rune.ToString())) word.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
            }
            else
            {
                if (rune.Value is '\'' or '\\') word.Append('\\');
                word.Append(rune.ToString());
            }
        }

        return word.Append('\'').ToString();
    }
}
