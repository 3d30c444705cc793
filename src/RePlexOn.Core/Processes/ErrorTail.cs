using System.Text;

namespace RePlexOn.Processes;

/// <summary>Keeps the last lines of a program's standard error, within a bound.</summary>
internal sealed class ErrorTail
{
    private const int MostCharacters = 64 * 1024;
    private readonly Queue<string> _lines = new();
    private int _characters;

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            _characters += line.Length + 1;
            while (_characters > MostCharacters && _lines.Count > 1)
                _characters -= _lines.Dequeue().Length + 1;
        }
    }

    public override string ToString()
    {
        lock (_lines) return new StringBuilder().AppendJoin('\n', _lines).ToString();
    }
}
