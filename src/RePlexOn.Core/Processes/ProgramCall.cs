namespace RePlexOn.Processes;

/// <summary>A program to run, with its arguments as a list: no shell ever reads them.</summary>
public sealed record ProgramCall
{
    /// <summary>A name that is looked up in <c>PATH</c> (never in the current folder), or a path.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments, one a word; they may hold anything but NUL.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables set on top of those of this process. Who parses the output sets <c>LC_ALL=C</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Writes what the program reads on its standard input; the stream is closed after it. Null: the program
    /// reads an empty input. A program that stops reading early is no error.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Folder the program starts in; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }
}
