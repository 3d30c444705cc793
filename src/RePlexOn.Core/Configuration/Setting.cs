namespace RePlexOn.Configuration;

/// <summary>
/// One line of the table of settings. Loading, checking, listing, changing and the commented template all work from it,
/// so a new setting is one line in <see cref="SettingsTable"/> and one property of the configuration.
/// </summary>
public sealed record Setting
{
    private Setting(string key, SettingKind kind, string description)
    {
        Key = key;
        Kind = kind;
        Description = description;
    }

    /// <summary>The name, with a dot between section and key: <c>backup.maxShrinkPercent</c>. Upper and lower case matter.</summary>
    public string Key { get; }

    /// <summary>What it holds.</summary>
    public SettingKind Kind { get; }

    /// <summary>What it does, in one sentence.</summary>
    public string Description { get; }

    /// <summary>What a number counts, such as <c>seconds</c>; null where it counts nothing.</summary>
    public string? Unit { get; private init; }

    /// <summary>Smallest number allowed; null for other kinds.</summary>
    public int? Minimum { get; private init; }

    /// <summary>Largest number allowed; null for other kinds.</summary>
    public int? Maximum { get; private init; }

    /// <summary>The words allowed; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>
    /// Whether it holds a secret: a text that is one itself, or the path of a file that holds one. Such a file, or such a
    /// text, is in a backup of the configuration only where that is asked for.
    /// </summary>
    public bool IsSecret { get; internal init; }

    /// <summary>A value to show where there is no default; null when the default speaks for itself.</summary>
    public object? Example { get; internal init; }

    internal Func<RePlexOnConfiguration, object?> Get { get; private init; } = _ => null;

    internal Func<RePlexOnConfiguration, object, RePlexOnConfiguration> With { get; private init; } = (c, _) => c;

    internal static Setting OfPath(
        string key, string example, string description,
        Func<RePlexOnConfiguration, string?> get, Func<RePlexOnConfiguration, string, RePlexOnConfiguration> with) =>
        OfString(SettingKind.Path, key, example, description, get, with);

    internal static Setting OfTarget(
        string key, string example, string description,
        Func<RePlexOnConfiguration, string?> get, Func<RePlexOnConfiguration, string, RePlexOnConfiguration> with) =>
        OfString(SettingKind.Target, key, example, description, get, with);

    internal static Setting OfText(
        string key, string example, string description,
        Func<RePlexOnConfiguration, string?> get, Func<RePlexOnConfiguration, string, RePlexOnConfiguration> with) =>
        OfString(SettingKind.Text, key, example, description, get, with);

    /// <summary>A setting that is a secret, and so is shown to nobody.</summary>
    internal static Setting OfSecretAddress(
        string key, string example, string description,
        Func<RePlexOnConfiguration, string?> get, Func<RePlexOnConfiguration, string, RePlexOnConfiguration> with) =>
        OfString(SettingKind.SecretAddress, key, example, description, get, with) with { IsSecret = true };

    internal static Setting OfTexts(
        string key, string example, string description,
        Func<RePlexOnConfiguration, IReadOnlyList<string>> get,
        Func<RePlexOnConfiguration, IReadOnlyList<string>, RePlexOnConfiguration> with) =>
        new(key, SettingKind.TextList, description)
        {
            Example = new[] { example },
            Get = get,
            With = (configuration, value) => with(configuration, (IReadOnlyList<string>)value),
        };

    internal static Setting OfNumber(
        string key, int minimum, int maximum, string? unit, string description,
        Func<RePlexOnConfiguration, int?> get, Func<RePlexOnConfiguration, int, RePlexOnConfiguration> with) =>
        new(key, SettingKind.WholeNumber, description)
        {
            Minimum = minimum,
            Maximum = maximum,
            Unit = unit,
            Get = configuration => get(configuration),
            With = (configuration, value) => with(configuration, (int)value),
        };

    /// <summary>A setting whose words are the names of an enumeration.</summary>
    internal static Setting OfChoice<TChoice>(
        string key, string description,
        Func<RePlexOnConfiguration, TChoice> get, Func<RePlexOnConfiguration, TChoice, RePlexOnConfiguration> with)
        where TChoice : struct, Enum =>
        new(key, SettingKind.Choice, description)
        {
            Choices = Enum.GetNames<TChoice>(),
            Get = configuration => get(configuration).ToString(),
            With = (configuration, value) => with(configuration, Enum.Parse<TChoice>((string)value)),
        };

    internal static Setting OfFlag(
        string key, string description,
        Func<RePlexOnConfiguration, bool> get, Func<RePlexOnConfiguration, bool, RePlexOnConfiguration> with) =>
        new(key, SettingKind.Flag, description)
        {
            Get = configuration => get(configuration),
            With = (configuration, value) => with(configuration, (bool)value),
        };

    private static Setting OfString(
        SettingKind kind, string key, string example, string description,
        Func<RePlexOnConfiguration, string?> get, Func<RePlexOnConfiguration, string, RePlexOnConfiguration> with) =>
        new(key, kind, description)
        {
            Example = example,
            Get = get,
            With = (configuration, value) => with(configuration, (string)value),
        };
}
