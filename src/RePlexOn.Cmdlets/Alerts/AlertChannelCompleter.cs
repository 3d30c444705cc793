using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RePlexOn.Alerts;

namespace RePlexOn.Cmdlets.Alerts;

/// <summary>Completes names of channels that alerts can go over.</summary>
public sealed class AlertChannelCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        AlertCenter.ChannelNames.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}
