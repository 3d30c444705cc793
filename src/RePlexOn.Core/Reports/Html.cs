namespace RePlexOn.Reports;

/// <summary>
/// A piece of HTML. It is made from an interpolated text: the words of that text are markup, what stands in its holes is
/// escaped, unless it is a piece of HTML itself. So a name from outside cannot become markup by being forgotten.
/// </summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html Empty => default;

    /// <summary>HTML from an interpolated text.</summary>
    public static Html Of(HtmlInterpolation markup) => new(markup.ToString());

    /// <summary>What a file of this program holds, as it is: the style sheet.</summary>
    public static Html OfOurOwn(string markup) => new(markup);

    /// <inheritdoc/>
    public override string ToString() => _markup ?? "";
}
