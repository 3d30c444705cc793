namespace RePlexOn.Targets;

/// <summary>How a target is reached.</summary>
public enum TargetKind
{
    /// <summary>A folder of this machine: a disk, or a mounted share.</summary>
    Local,

    /// <summary>A module of an rsync daemon.</summary>
    Daemon,

    /// <summary>A folder on a machine that ssh reaches, with rsync installed there.</summary>
    Ssh,
}
