namespace RePlexOn.ConfigurationBackups;

/// <summary>What a return of the configuration does with a file.</summary>
public enum ConfigurationRestoreAction
{
    /// <summary>Nothing is there yet: it is written.</summary>
    Create,

    /// <summary>What is there is kept aside, and it is written.</summary>
    Replace,

    /// <summary>What is there is the same.</summary>
    Keep,

    /// <summary>Its runs are added to the history, those that are known already excepted.</summary>
    AddRuns,

    /// <summary>It comes back into a folder only.</summary>
    LeaveOut,
}
