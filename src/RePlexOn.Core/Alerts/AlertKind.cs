namespace RePlexOn.Alerts;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>A run ended without what it was for.</summary>
    Failure,

    /// <summary>A run ended with warnings.</summary>
    Warning,

    /// <summary>A run was due and did not come.</summary>
    Overdue,

    /// <summary>What was told of is well again.</summary>
    Recovery,

    /// <summary>How the week went; also the proof that alerts still arrive.</summary>
    Digest,

    /// <summary>Somebody may be at the server who should not be.</summary>
    Security,

    /// <summary>What a person or a script had to say.</summary>
    Message,

    /// <summary>A test of the ways that alerts go.</summary>
    Test,

    /// <summary>A ping that did not arrive; the pings that do are not kept.</summary>
    Ping,
}
