using RePlexOn.Configuration;
using RePlexOn.Plex;

namespace RePlexOn.Setup;

/// <summary>Looks what is on this machine before set-up; changes nothing.</summary>
/// <param name="root">Where the file system begins: <c>/</c>, or a folder that stands for it.</param>
public sealed class SetupSurvey(string root = "/")
{
    private readonly ConfigurationStore _store = new();

    /// <summary>Looks.</summary>
    /// <param name="configurationPath">The configuration that set-up is about; null for the default one.</param>
    /// <param name="values">Values that are given, and win.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">There is a configuration that cannot be read.</exception>
    public SetupFindings Look(string? configurationPath, ConfigurationOverrides values, CancellationToken cancellationToken)
    {
        string path = _store.ResolvePath(configurationPath);
        RePlexOnConfiguration? configuration = File.Exists(path) ? _store.Load(path) : null;
        return new SetupFindings
        {
            ConfigurationPath = path,
            Configuration = configuration,
            StateDirectory = values.StateDirectory ?? configuration?.StateDirectory ?? UserEnvironment.Current().DefaultStateDirectory,
            Installations = [.. new PlexDataDirectoryFinder(root).Find(cancellationToken)],
            FirstSystem = new FirstSystemReader(root).Read(),
        };
    }
}
