namespace RePlexOn.Security.Firewall;

/// <summary>What became of the firewall, or would become of it.</summary>
/// <param name="Changed">Whether the rules are others than before. Rules that are the same are put in anew all the same.</param>
/// <param name="Status">What the firewall does now; of a preview, what it would do.</param>
/// <param name="Ruleset">The rules as the kernel gets them; empty where none are left.</param>
/// <param name="Notes">What a person should know.</param>
public sealed record FirewallChange(bool Changed, FirewallStatus Status, string Ruleset, IReadOnlyList<string> Notes);
