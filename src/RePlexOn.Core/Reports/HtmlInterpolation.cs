using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace RePlexOn.Reports;

/// <summary>Puts a piece of HTML together; the compiler calls it for the parts of an interpolated text.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly StringBuilder _markup;

    /// <summary>Called by the compiler.</summary>
    public HtmlInterpolation(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>Markup of our own.</summary>
    public void AppendLiteral(string markup) => _markup.Append(markup);

    /// <summary>A piece of HTML, as it is.</summary>
    public void AppendFormatted(Html piece) => _markup.Append(piece.ToString());

    /// <summary>Pieces of HTML, one after the other.</summary>
    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (Html piece in pieces) _markup.Append(piece.ToString());
    }

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>A number.</summary>
    public void AppendFormatted(double number, string format) => _markup.Append(number.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Text from anywhere, escaped.</summary>
    public void AppendFormatted(string? text)
    {
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': _markup.Append("&amp;"); break;
                case '<': _markup.Append("&lt;"); break;
                case '>': _markup.Append("&gt;"); break;
                case '"': _markup.Append("&quot;"); break;
                case '\'': _markup.Append("&#39;"); break;
                case '\n': _markup.Append('\n'); break;
                default: _markup.Append(IsHarmless(rune) ? rune.ToString() : "\ufffd"); break;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _markup.ToString();

    // Control characters are not allowed in HTML; those that turn the direction of writing would make a name read as another.
    // The joiners, which are of that kind too, hold letters and emoji together.
    private static bool IsHarmless(Rune rune) =>
        rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);
}
