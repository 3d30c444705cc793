namespace RePlexOn.Security.Audit;

/// <summary>What is put right.</summary>
public sealed record ProtectionOptions
{
    /// <summary>Which checks, and of which server.</summary>
    public SecurityAuditOptions Audit { get; init; } = new();

    /// <summary>
    /// Put right what wants attention too, not only what failed. Checks that <see cref="SecurityAuditOptions.Ids"/> names are
    /// put right in any case.
    /// </summary>
    public bool IncludeWarnings { get; init; }
}
