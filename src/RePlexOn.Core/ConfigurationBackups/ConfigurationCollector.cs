using System.Security.Cryptography;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.ConfigurationBackups;

/// <summary>Copies all that belongs in a backup of the configuration into a folder.</summary>
/// <param name="folder">The folder; only this user can enter it.</param>
/// <param name="time">For the history.</param>
internal sealed class ConfigurationCollector(string folder, TimeProvider time)
{
    /// <summary>Where the history lies in a backup.</summary>
    public const string History = "history.db";

    /// <summary>Where files that have a path of their own lie in a backup, below that path.</summary>
    public const string Files = "files";

    private const string Crontab = "crontab";

    private readonly ConfigurationSecrets _secrets = new(SettingsTable.All);

    /// <summary>What was copied.</summary>
    public List<ConfigurationItem> Items { get; } = [];

    /// <summary>What was meant to be copied, and could not be.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What was left out because it is secret: files, and keys of settings.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Copies.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task CollectAsync(
        RePlexOnConfiguration configuration, ConfigurationBackupOptions options, CancellationToken cancellationToken)
    {
        if (configuration.FilePath is { } path) AddConfiguration(path, options.IncludeSecret);
        foreach (string file in _secrets.FilesOf(configuration))
        {
            if (options.IncludeSecret) AddFile(ConfigurationItemKind.Secret, file);
            else LeftOut.Add(file);
        }

        AddHistory(configuration.StateDirectory);
        await AddSchedulesAsync(cancellationToken);
        foreach (string file in configuration.ConfigurationBackups.Files.Concat(options.Files).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddFile(ConfigurationItemKind.File, file);
        }
    }

    private void AddConfiguration(string path, bool withSecrets)
    {
        byte[] text = File.ReadAllBytes(path);
        if (!withSecrets)
        {
            (text, IReadOnlyList<string> keys) = _secrets.Blank(text);
            LeftOut.AddRange(keys);
        }

        string copy = Place(Files + path);
        File.WriteAllBytes(copy, text);
        File.SetUnixFileMode(copy, File.GetUnixFileMode(path));
        Note(ConfigurationItemKind.Configuration, path, Files + path);
    }

    private void AddHistory(string stateDirectory)
    {
        // By its own connection: to open the file beside it would drop the locks that SQLite holds on it.
        using HistoryStore history = HistoryStore.Open(stateDirectory, HistoryAccess.Read, time);
        if (history.CopyTo(Place(History))) Note(ConfigurationItemKind.History, Path.Combine(stateDirectory, History), History);
    }

    private async Task AddSchedulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> lines = await ScheduleFinder.FindCrontabLinesAsync(cancellationToken);
            if (lines.Count > 0)
            {
                await File.WriteAllLinesAsync(Place(Crontab), lines, cancellationToken);
                Note(ConfigurationItemKind.Schedule, Crontab, Crontab);
            }
        }
        catch (RePlexOnException trouble)
        {
            Warnings.Add($"The lines of the crontab are not in this backup: {trouble.Message}");
        }

        foreach (string file in new ScheduleFinder(UserEnvironment.Current()).FindFiles()) AddFile(ConfigurationItemKind.Schedule, file);
    }

    private void AddFile(ConfigurationItemKind kind, string path)
    {
        if (Items.Any(item => item.Path == Files + path)) return;
        if (!Path.IsPathFullyQualified(path))
        {
            Warnings.Add($"{path} is not in this backup: it is not an absolute path.");
            return;
        }

        try
        {
            string copy = Place(Files + path);
            File.Copy(path, copy);
            if (kind == ConfigurationItemKind.Secret) File.SetUnixFileMode(copy, PrivateMode.File);
            Note(kind, path, Files + path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warnings.Add($"{path} is not in this backup: {e.Message}");
        }
    }

    private string Place(string relative)
    {
        string full = Path.GetFullPath(Path.Combine(folder, relative));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!, PrivateMode.Folder);
        return full;
    }

    private void Note(ConfigurationItemKind kind, string origin, string relative)
    {
        string copy = Path.Combine(folder, relative);
        using FileStream content = File.OpenRead(copy);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        string mode = Convert.ToString((int)File.GetUnixFileMode(copy), 8).PadLeft(4, '0');
        Items.Add(new(kind, origin, relative, content.Length, hash, mode));
    }
}
