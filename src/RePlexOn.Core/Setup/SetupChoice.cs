using RePlexOn.Configuration;
using RePlexOn.Plex;
using RePlexOn.Snapshots;

namespace RePlexOn.Setup;

/// <summary>What set-up will write: what is given, else what is set, else what is found.</summary>
internal sealed record SetupChoice
{
    private const string UsualSecret = "rsync.secret";

    public string? Source { get; private init; }

    public string? Target { get; private init; }

    public string? PasswordFile { get; private init; }

    /// <summary>Whether that file is not there yet.</summary>
    public bool IsNewSecret { get; private init; }

    public required string StateDirectory { get; init; }

    /// <summary>The settings that the configuration does not hold yet.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>Chooses.</summary>
    /// <param name="options">What the user gives.</param>
    /// <param name="found">What is on the machine.</param>
    /// <param name="steps">Told what is taken over from the first system.</param>
    public static SetupChoice Of(SetupOptions options, SetupFindings found, List<SetupStep> steps)
    {
        RePlexOnConfiguration? before = found.Configuration;
        FirstSystemSettings? first = options.IgnoreFirstSystem ? null : found.FirstSystem;
        string? source = options.Values.Source ?? before?.Source
            ?? TakenOver("source", first?.Source is { } old && PlexDataDirectory.IsAt(old) ? old : null)
            ?? (found.Installations is [var only] ? only.Path : null);
        string? target = options.Values.Target ?? before?.Target ?? TakenOver("target", first?.Target);
        string? passwordFile = options.Values.PasswordFile ?? before?.PasswordFile
            ?? (target is not null && target == first?.Target && options.Password is null ? TakenOver("password file", first.PasswordFile) : null);
        if (options.Password is not null) passwordFile ??= Path.Combine(Path.GetDirectoryName(found.ConfigurationPath)!, UsualSecret);
        int usual = new RetentionRules().KeepWeekly;
        string? kept = before is null && first?.KeepWeekly is { } weekly && weekly != usual
            ? TakenOver("weekly snapshots to keep", weekly.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;

        var values = new Dictionary<string, object?>();
        Set("source", source, before?.Source);
        Set("target", target, before?.Target);
        Set("passwordFile", passwordFile, before?.PasswordFile);
        Set("stateDirectory", options.Values.StateDirectory, before?.StateDirectory);
        Set("mail.to", options.MailTo, before?.Mail.To is [var one] ? one : null);
        Set("retention.keepWeekly", kept, null);
        return new SetupChoice
        {
            Source = source,
            Target = target,
            PasswordFile = passwordFile,
            IsNewSecret = passwordFile is not null && !File.Exists(passwordFile),
            StateDirectory = found.StateDirectory,
            Values = values,
        };

        string? TakenOver(string what, string? value)
        {
            if (value is not null) steps.Add(new SetupStep(SetupAction.TakenOver, $"{what} of the first RePlexOn", value));
            return value;
        }

        void Set(string key, string? value, string? current)
        {
            if (value is not null && value != current) values[key] = value;
        }
    }
}
