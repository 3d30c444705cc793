using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Gets each setting with its value, its default and what it means.</summary>
[Cmdlet(VerbsCommon.Get, "RePlexOnConfiguration")]
[OutputType(typeof(SettingValue))]
public sealed class GetRePlexOnConfigurationCommand : ConfigurationCommand
{
    /// <summary>Only settings of these names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        WildcardPattern[]? wanted = Name?.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        foreach (SettingValue setting in new ConfigurationStore().List(ResolvedConfigurationPath))
        {
            if (wanted is null || wanted.Any(pattern => pattern.IsMatch(setting.Key))) WriteObject(setting);
        }
    }
}
