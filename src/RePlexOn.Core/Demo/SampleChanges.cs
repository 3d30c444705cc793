namespace RePlexOn.Demo;

/// <summary>What <see cref="SampleLibrary.ChangeSome"/> did to a sample library.</summary>
/// <param name="Edited">Files whose content changed.</param>
/// <param name="Added">New files.</param>
/// <param name="Deleted">Files removed.</param>
/// <param name="Renamed">Files that have another name in the same folder.</param>
/// <param name="ModeChanged">Files with other permissions and the same content.</param>
/// <param name="Touched">Files with another modification time and the same content.</param>
public sealed record SampleChanges(int Edited, int Added, int Deleted, int Renamed, int ModeChanged, int Touched)
{
    /// <summary>All changes together.</summary>
    public int Total => Edited + Added + Deleted + Renamed + ModeChanged + Touched;
}
