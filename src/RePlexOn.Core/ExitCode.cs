namespace RePlexOn;

/// <summary>How a run or a command ended: the process exit code of the command line and the <c>ExitCode</c> of a run.</summary>
public enum ExitCode
{
    /// <summary>All went well.</summary>
    Succeeded = 0,

    /// <summary>The work was not done; the message says why.</summary>
    Failed = 1,

    /// <summary>The command line or the configuration is wrong.</summary>
    Usage = 2,

    /// <summary>Done, but some files are not in the copy; the warnings name them.</summary>
    Incomplete = 3,

    /// <summary>The last scheduled run should have been there by now; only commands that tell how the backup stands end so.</summary>
    Overdue = 4,

    /// <summary>There has been no backup yet; only <c>replexon check</c> ends so.</summary>
    NeverRun = 5,

    /// <summary>The target did not answer.</summary>
    TargetUnreachable = 10,

    /// <summary>Another run holds the state directory.</summary>
    Locked = 11,

    /// <summary>The target answered and refused: password, key or host key.</summary>
    Refused = 12,

    /// <summary>No room is left, on the target or in staging.</summary>
    NoRoom = 13,

    /// <summary>The copy is not what it should be.</summary>
    VerificationFailed = 14,

    /// <summary>The gravest check of an audit that failed is worth knowing.</summary>
    FoundInfo = 20,

    /// <summary>The gravest check of an audit that failed does little harm.</summary>
    FoundLow = 21,

    /// <summary>The gravest check of an audit that failed does some harm.</summary>
    FoundMedium = 22,

    /// <summary>The gravest check of an audit that failed does much harm.</summary>
    FoundHigh = 23,

    /// <summary>A check of an audit failed that puts data or server at risk now.</summary>
    FoundCritical = 24,

    /// <summary>Stopped by the user or by a signal.</summary>
    Cancelled = 130,
}
