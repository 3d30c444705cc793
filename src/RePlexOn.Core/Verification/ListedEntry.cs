namespace RePlexOn.Verification;

/// <summary>What is noted of an entry of a backup.</summary>
/// <param name="Kind">rsync's letter: <c>f</c> for a file, <c>d</c> for a folder, <c>L</c> for a link, others for other things.</param>
/// <param name="Bytes">Size of a file in bytes.</param>
/// <param name="Md5">Sum of a file's content; null where it is not known.</param>
internal readonly record struct ListedEntry(char Kind, long Bytes, UInt128? Md5)
{
    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => Kind == 'f';
}
