namespace RePlexOn.Targets;

/// <summary>How rsync tells whether a file is the same on both sides.</summary>
public enum RsyncComparison
{
    /// <summary>By size and time of modification: rsync's own way.</summary>
    SizeAndTime,

    /// <summary>By content: both sides read every file of equal size.</summary>
    Content,

    /// <summary>Not at all: every file is transferred, as a delta against what is there.</summary>
    Always,
}
