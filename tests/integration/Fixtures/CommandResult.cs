using System.Text.Json;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the number of the signal where one ended it.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it said on standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The JSON that it printed.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The first of the runs that it printed.</summary>
    public JsonElement Run => Json[0];

    /// <inheritdoc/>
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
