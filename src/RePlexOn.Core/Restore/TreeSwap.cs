using System.Globalization;
using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Restore;

/// <summary>
/// Puts the entries of a backup in the place of those that are there, by renames alone, and back. Each call may follow one
/// that was cut short anywhere, and does what is left: where an entry lies says what was done with it.
/// </summary>
/// <param name="workspace">Where the old and the new entries wait.</param>
/// <param name="onMove">Told before each rename which path it concerns.</param>
internal sealed class TreeSwap(RestoreWorkspace workspace, Action<string>? onMove = null)
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>
    /// Replaces. All of the old goes before any of the new comes: a database must at no moment lie beside the log of
    /// another, which SQLite would replay over it.
    /// </summary>
    public void Apply(IReadOnlyList<SwapUnit> units)
    {
        foreach (SwapUnit unit in units)
        {
            bool isPlaced = unit.HasNew && !Fetched(unit).Exists();
            if (!isPlaced && Live(unit).Exists()) Move(unit, Live(unit), workspace.Old, elseTo: workspace.Since);
        }

        foreach (SwapUnit unit in units)
        {
            if (unit.HasNew && Fetched(unit).Exists()) Move(unit, Fetched(unit), Live(unit));
        }
    }

    /// <summary>Puts back; all of the new goes before any of the old comes.</summary>
    public void Undo(IReadOnlyList<SwapUnit> units)
    {
        foreach (SwapUnit unit in units)
        {
            bool isOld = unit.HadOld && !Old(unit).Exists();
            if (isOld || !Live(unit).Exists()) continue;

            bool isPlaced = unit.HasNew && !Fetched(unit).Exists();
            Move(unit, Live(unit), isPlaced ? workspace.Fetched : workspace.Since, elseTo: workspace.Since);
        }

        foreach (SwapUnit unit in units)
        {
            if (Old(unit).Exists()) Move(unit, Old(unit), Live(unit));
        }
    }

    private RawPath Live(SwapUnit unit) => new(workspace.Destination, unit.Path);

    private RawPath Fetched(SwapUnit unit) => new(workspace.Fetched, unit.Path);

    private RawPath Old(SwapUnit unit) => new(workspace.Old, unit.Path);

    /// <summary>Moves an entry below a folder, or, where there is one of that path already, below the other.</summary>
    private void Move(SwapUnit unit, RawPath from, string folder, string elseTo)
    {
        for (int n = 1; new RawPath(folder, unit.Path).Exists(); n++)
        {
            folder = n == 1 ? elseTo : string.Create(CultureInfo.InvariantCulture, $"{elseTo}-{n}");
        }

        int slash = unit.Path.AsSpan().LastIndexOf((byte)'/');
        string parent = slash < 0 ? folder : Path.Combine(folder, Encoding.UTF8.GetString(unit.Path, 0, slash));
        if (_made.Add(parent)) Directory.CreateDirectory(parent, PrivateMode.Folder);
        Move(unit, from, new RawPath(folder, unit.Path));
    }

    private void Move(SwapUnit unit, RawPath from, RawPath to)
    {
        onMove?.Invoke(unit.Name);
        from.MoveTo(to);
    }
}
