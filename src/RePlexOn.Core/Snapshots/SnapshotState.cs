namespace RePlexOn.Snapshots;

/// <summary>What a snapshot's folder says of its content.</summary>
public enum SnapshotState
{
    /// <summary>Its manifest, which is written last, says that it is whole.</summary>
    Whole,

    /// <summary>The first RePlexOn made it, which wrote no manifests: taken as whole, though nothing says so.</summary>
    FirstSystem,

    /// <summary>Its making or its removal was cut short: something is missing.</summary>
    Partial,

    /// <summary>It has a manifest that says nothing of it: damaged, of a newer RePlexOn, or of another snapshot. No rule removes it.</summary>
    Unreadable,
}
