using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Sets one value in the configuration; comments, order and all else in the file stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "RePlexOnConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SettingValue))]
public sealed class SetRePlexOnConfigurationCommand : ConfiguredCommand
{
    /// <summary>The setting's name, such as backup.maxShrinkPercent.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Key")]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The new value; null or an empty list goes back to the default.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Return the setting as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var store = new ConfigurationStore();
        string path = store.ResolvePath(ResolvedConfigurationPath);
        if (!ShouldProcess(path, $"Set {Name}")) return;

        object? value = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        store.Set(ResolvedConfigurationPath, new Dictionary<string, object?> { [Name] = value });
        if (PassThru)
        {
            WriteObject(store.List(ResolvedConfigurationPath).First(
                setting => setting.Key.Equals(Name, StringComparison.OrdinalIgnoreCase)));
        }
    }
}
