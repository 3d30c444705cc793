namespace RePlexOn.Security.Firewall;

/// <summary>Command lines of a systemd unit; a hyphen before one means that its failure is no matter.</summary>
/// <param name="Start">Load the rules.</param>
/// <param name="Stop">Take them away.</param>
internal sealed record FirewallBootCommands(IReadOnlyList<string> Start, IReadOnlyList<string> Stop);
