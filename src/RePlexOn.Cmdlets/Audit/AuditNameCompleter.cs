using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cmdlets.Audit;

/// <summary>Completes ids and categories of checks.</summary>
public sealed class AuditNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        (parameterName == "Category" ? SecurityAudit.Categories : SecurityAudit.Ids)
            .Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, SecurityAudit.TitleOf(name) ?? name));
}
