using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Plex;

namespace RePlexOn.Setup;

/// <summary>
/// Writes the configuration and the secret file from what the user gives and what is found, and tests it there and
/// then. Run again, it keeps what is set and changes what is given.
/// </summary>
public sealed class InitialSetup
{
    private readonly ConfigurationStore _store = new();

    /// <summary>Sets RePlexOn up.</summary>
    /// <param name="options">What the user gives.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The configuration cannot be written, or what is given is not valid.</exception>
    public async Task<SetupResult> RunAsync(SetupOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        string path = _store.ResolvePath(options.ConfigurationPath);
        bool created = !File.Exists(path);
        RePlexOnConfiguration? before = created ? null : _store.Load(options.ConfigurationPath);

        progress?.Report("looking for Plex");
        string? source = options.Values.Source ?? before?.Source ?? OnlyInstallation();
        string? passwordFile = options.Values.PasswordFile ?? before?.PasswordFile;
        if (options.Password is { } password)
        {
            passwordFile ??= Path.Combine(Path.GetDirectoryName(path)!, "rsync.secret");
            _store.WriteSecret(passwordFile, password);
        }

        var values = new Dictionary<string, object?>();
        SetIfGiven(values, "source", source, before?.Source);
        SetIfGiven(values, "target", options.Values.Target, before?.Target);
        SetIfGiven(values, "passwordFile", passwordFile, before?.PasswordFile);
        SetIfGiven(values, "stateDirectory", options.Values.StateDirectory, before?.StateDirectory);
        if (created)
        {
            _store.Create(path, values);
        }
        else if (values.Count > 0)
        {
            _store.Set(path, values);
        }

        IReadOnlyList<Check> checks = await new ConfigurationTest().RunAsync(
            path, new ConfigurationOverrides(), options.SkipTargetTest, progress, cancellationToken);
        RePlexOnConfiguration now = _store.Load(path);
        return new SetupResult(
            path, created, now.Source, now.Target,
            options.Password is null ? null : passwordFile, now.StateDirectory, checks);
    }

    private static void SetIfGiven(Dictionary<string, object?> values, string key, string? value, string? before)
    {
        if (value is not null && value != before) values[key] = value;
    }

    private static string? OnlyInstallation()
    {
        PlexInstallation[] found = [.. new PlexDataDirectoryFinder().Find()];
        return found is [var only] ? only.Path : null;
    }
}
