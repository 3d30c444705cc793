using System.Text;

namespace RePlexOn.Files;

/// <summary>Turns a path of any bytes into one line of text that is safe to show and to log.</summary>
public static class DisplayPath
{
    /// <summary>The same for a path that is text already.</summary>
    public static string Of(string path) => Of(Encoding.UTF8.GetBytes(path));

    /// <summary>
    /// The path as text. Control characters and bytes that are not UTF-8 become <c>\#</c> and three octal digits, as
    /// rsync writes them; the root (an empty path) becomes <c>.</c>.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
            return ".";
        var text = new StringBuilder(path.Length);
        while (!path.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(path, out var rune, out var length);
            if (status == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
                text.Append(rune.ToString());
            else
                for (var i = 0; i < length; i++)
                    text.Append("\\#").Append(Convert.ToString(path[i], 8).PadLeft(3, '0'));
            path = path[length..];
        }
        return text.ToString();
    }
}
