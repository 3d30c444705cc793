using System.Text;

namespace RePlexOn.Cli;

/// <summary>
/// Writes for as long as somebody takes it. A closed handle or a log on a full disk must not make a backup fail that went
/// well; its exit code and the history tell how it ended.
/// </summary>
/// <param name="inner">Where it is written.</param>
/// <param name="isErrors">Whether that is standard error, where a loss can be told to nobody.</param>
internal sealed class TolerantWriter(TextWriter inner, bool isErrors) : TextWriter
{
    private bool _lost;

    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc />
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc />
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc />
    public override void Flush() => Try(inner.Flush);

    // After the first loss nothing more is written: half of a text is of no use to a program that reads it.
    private void Try(Action write)
    {
        if (_lost) return;
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _lost = true;
            if (!isErrors) Console.Error.WriteLine($"replexon: the output could not be written: {e.Message}");
        }
    }
}
