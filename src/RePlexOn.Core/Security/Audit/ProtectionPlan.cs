using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What could be put right.</summary>
/// <param name="Changes">The changes that RePlexOn can make.</param>
/// <param name="Left">Checks that failed or warn and that a person must see to.</param>
public sealed record ProtectionPlan(IReadOnlyList<ProtectionChange> Changes, IReadOnlyList<Check> Left);
