using RePlexOn.Checks;

namespace RePlexOn.History;

/// <summary>What earlier audits found.</summary>
/// <param name="At">When the newest of them was made; null for none.</param>
/// <param name="Statuses">The newest status of each check, by id.</param>
internal sealed record AuditTrace(DateTimeOffset? At, IReadOnlyDictionary<string, CheckStatus> Statuses)
{
    /// <summary>What was found last of a check; null where nothing was.</summary>
    public CheckStatus? StatusOf(string id) => Statuses.TryGetValue(id, out CheckStatus status) ? status : null;
}
