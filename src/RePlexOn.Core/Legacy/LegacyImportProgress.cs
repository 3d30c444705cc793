namespace RePlexOn.Legacy;

/// <summary>How far an import is.</summary>
/// <param name="Path">The file that is being read.</param>
/// <param name="BytesRead">How many bytes of it have been read.</param>
/// <param name="BytesTotal">How many there are.</param>
public sealed record LegacyImportProgress(string Path, long BytesRead, long BytesTotal)
{
    /// <summary>The share done in percent.</summary>
    public int Percent => BytesTotal <= 0 ? 100 : (int)Math.Clamp(100 * BytesRead / BytesTotal, 0, 100);
}
