namespace RePlexOn.History;

/// <summary>Who or what started a run.</summary>
public enum RunTrigger
{
    /// <summary>A person at a prompt.</summary>
    Interactive,

    /// <summary>cron or a systemd timer.</summary>
    Schedule,

    /// <summary>A click on the web dashboard.</summary>
    Dashboard,

    /// <summary>Read from the first system's log or database.</summary>
    Imported,
}
