namespace RePlexOn.Configuration;

/// <summary>A setting as it stands.</summary>
/// <param name="Setting">Its line in the table.</param>
/// <param name="Value">What holds: the value in the file, or the default.</param>
/// <param name="Default">What would hold if the file did not name it; null when there is no default.</param>
/// <param name="IsSet">Whether the file names it.</param>
public sealed record SettingValue(Setting Setting, object? Value, object? Default, bool IsSet)
{
    /// <summary>The name, such as <c>backup.maxShrinkPercent</c>.</summary>
    public string Key => Setting.Key;

    /// <summary>What it does, in one sentence.</summary>
    public string Description => Setting.Description;
}
