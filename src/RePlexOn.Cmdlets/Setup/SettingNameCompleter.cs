using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Completes names of settings, each with what it means.</summary>
public sealed class SettingNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from setting in SettingsTable.All
        where setting.Key.Contains(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(setting.Key, setting.Key, CompletionResultType.ParameterValue, setting.Description);
}
