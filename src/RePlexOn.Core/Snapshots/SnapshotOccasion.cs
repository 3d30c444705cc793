namespace RePlexOn.Snapshots;

/// <summary>When a backup makes a snapshot without being asked to. A weekday means once a week, from that day on.</summary>
public enum SnapshotOccasion
{
    /// <summary>Only when it is asked to.</summary>
    Never,

    /// <summary>With the first backup of each day.</summary>
    Daily,

    /// <summary>With the first backup since Monday.</summary>
    Monday,

    /// <summary>With the first backup since Tuesday.</summary>
    Tuesday,

    /// <summary>With the first backup since Wednesday.</summary>
    Wednesday,

    /// <summary>With the first backup since Thursday.</summary>
    Thursday,

    /// <summary>With the first backup since Friday.</summary>
    Friday,

    /// <summary>With the first backup since Saturday.</summary>
    Saturday,

    /// <summary>With the first backup since Sunday.</summary>
    Sunday,
}
