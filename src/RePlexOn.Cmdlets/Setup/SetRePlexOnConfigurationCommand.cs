using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Sets one value in the configuration; comments, order and all else in the file stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "RePlexOnConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SettingValue))]
public sealed class SetRePlexOnConfigurationCommand : ConfigurationCommand
{
    private readonly ConfigurationStore _store = new();

    /// <summary>The setting's name, such as backup.maxShrinkPercent.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Key")]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The new value; null goes back to the default.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Return the setting as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? TargetOfErrors => Name;

    /// <inheritdoc />
    protected override void Process()
    {
        string path = _store.ResolvePath(ResolvedConfigurationPath);
        // PowerShell's users do not mind case; the file does.
        string key = SettingsTable.All.FirstOrDefault(
            setting => setting.Key.Equals(Name, StringComparison.OrdinalIgnoreCase))?.Key ?? Name;
        if (!ShouldProcess(path, $"Set {key}")) return;

        _store.Set(ResolvedConfigurationPath, new Dictionary<string, object?> { [key] = Plain(Value) });
        if (PassThru) WriteObject(_store.List(ResolvedConfigurationPath).First(setting => setting.Key == key));
    }

    private static object? Plain(object? value) => value switch
    {
        PSObject wrapped => Plain(wrapped.BaseObject),
        object?[] list => Array.ConvertAll(list, Plain),
        _ => value,
    };
}
