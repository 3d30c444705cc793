namespace RePlexOn.History;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Under way: its process is alive.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended with a copy, but something is missing from it or wants attention; see the warnings.</summary>
    Warning,

    /// <summary>Ended without a good copy.</summary>
    Failed,

    /// <summary>Stopped by the user or by a signal.</summary>
    Cancelled,

    /// <summary>Found dead: its process ended without a word (killed, or the machine went down).</summary>
    Interrupted,
}
