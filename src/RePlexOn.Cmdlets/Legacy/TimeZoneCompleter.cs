using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace RePlexOn.Cmdlets.Legacy;

/// <summary>Completes names of time zones.</summary>
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.Id.Contains(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .OrderBy(zone => zone.Id, StringComparer.Ordinal)
            .Select(zone => new CompletionResult(zone.Id, zone.Id, CompletionResultType.ParameterValue, zone.DisplayName));
}
