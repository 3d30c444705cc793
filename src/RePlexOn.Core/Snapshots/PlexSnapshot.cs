namespace RePlexOn.Snapshots;

/// <summary>One snapshot on the target. All values are plain, so that a list of them exports well.</summary>
public sealed record PlexSnapshot
{
    /// <summary>Name of its folder: <c>yyyy-MM-dd_HHmmss</c>, or the first RePlexOn's <c>yyyy-MM-dd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was begun, on the clock of the machine that made it.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>How long ago that was when the target was read; negative where it is dated in the future.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>What its folder says of its content.</summary>
    public required SnapshotState State { get; init; }

    /// <summary>Whether it counts as a whole backup.</summary>
    public bool IsWhole => State is SnapshotState.Whole or SnapshotState.FirstSystem;

    /// <summary>Regular files in it; null where no manifest says so.</summary>
    public long? Files { get; init; }

    /// <summary>Bytes in those files, also in those it shares with others; null where no manifest says so.</summary>
    public long? Bytes { get; init; }

    /// <summary>Plex Media Server's version at that time; null where it is not known.</summary>
    public string? PlexVersion { get; init; }

    /// <summary>Plex's processed machine identifier, which names the server; null where it is not known.</summary>
    public string? MachineIdentifier { get; init; }

    /// <summary>The run that made it; null where it is not known.</summary>
    public string? RunId { get; init; }

    /// <summary>Why the retention rules keep it, with commas between the reasons; empty where they would remove it.</summary>
    public string KeptBecause { get; init; } = "";

    /// <summary>The target it lies on; holds no password.</summary>
    public required string Target { get; init; }
}
