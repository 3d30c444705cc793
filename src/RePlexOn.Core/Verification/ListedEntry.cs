using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>What is noted of an entry of a backup.</summary>
/// <param name="Kind">rsync's letter: <c>f</c> for a file, <c>d</c> for a folder, <c>L</c> for a link, others for other things; <see cref="Unsure"/>.</param>
/// <param name="Bytes">Size of a file in bytes; null where it changed while it was being sent.</param>
/// <param name="Sum">Sum of a file's content; null where it is not known.</param>
internal readonly record struct ListedEntry(char Kind, long? Bytes, FileSum? Sum)
{
    /// <summary>The kind of what may be there or not: it went away or could not be read while it was to be sent.</summary>
    public const char Unsure = '?';

    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => Kind == 'f';

    /// <summary>What is known of a scanned entry that was backed up as it was scanned.</summary>
    public static ListedEntry Of(in FileRecord record) => record.Kind switch
    {
        FileKind.File => new('f', record.Size, null),
        FileKind.Directory => new('d', 0, null),
        FileKind.SymbolicLink => new('L', 0, null),
        _ => new(record.IsDevice ? 'D' : 'S', 0, null),
    };
}
