namespace RePlexOn.Alerts;

/// <summary>Something known that belongs to an alert.</summary>
/// <param name="Name">What it is: <c>Started</c>.</param>
/// <param name="Value">The thing itself, for a person.</param>
public sealed record AlertFact(string Name, string Value);
