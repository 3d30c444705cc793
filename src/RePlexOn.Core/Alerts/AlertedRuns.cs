namespace RePlexOn.Alerts;

/// <summary>Whose runs send alerts by themselves.</summary>
public enum AlertedRuns
{
    /// <summary>Nobody's.</summary>
    None,

    /// <summary>Those that a schedule started. Who starts one at a prompt sees how it ends.</summary>
    Scheduled,

    /// <summary>All.</summary>
    All,
}
