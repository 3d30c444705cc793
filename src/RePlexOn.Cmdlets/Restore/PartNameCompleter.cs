using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RePlexOn.Restore;

namespace RePlexOn.Cmdlets.Restore;

/// <summary>Completes names of parts of a data directory.</summary>
public sealed class PartNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RestorePart.All.Where(part => part.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(part => new CompletionResult(part.Name, part.Name, CompletionResultType.ParameterValue, string.Join(", ", part.Paths)));
}
