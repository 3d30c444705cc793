using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.ConfigurationBackups;

/// <summary>Puts the files of a fetched backup of the configuration where they go.</summary>
internal sealed class ConfigurationReturn(FetchedConfiguration fetched, ConfigurationRestoreOptions options, TimeProvider time)
{
    private readonly ConfigurationStore _configurations = new();

    /// <summary>What is to be done with each file.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>DestinationNotEmpty</c>; or the configuration in the backup is not one that this version can load.
    /// </exception>
    public IReadOnlyList<ConfigurationRestoreStep> Plan()
    {
        if (options.DestinationPath is { } folder && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new RePlexOnException(
                "DestinationNotEmpty", ExitCode.Usage, $"{folder} is not empty.", "Name a folder that is new or empty.");
        }

        EnsureItLoads();
        return [.. fetched.Manifest.Files.Select(item => options.DestinationPath is { } to ? IntoFolder(item, to) : InPlace(item))];
    }

    /// <summary>Does it.</summary>
    /// <param name="context">The run.</param>
    /// <returns>The one line that says what was done.</returns>
    /// <exception cref="RePlexOnException"><c>ConfigurationNotWritable</c>, or one of <see cref="Plan"/>'s.</exception>
    public string Apply(RunContext context)
    {
        int written = 0;
        long bytes = 0;
        foreach ((ConfigurationRestoreStep step, ConfigurationItem item) in Plan().Zip(fetched.Manifest.Files))
        {
            switch (step.Action)
            {
                case ConfigurationRestoreAction.Create or ConfigurationRestoreAction.Replace:
                    if (Write(item, step) is { } aside) context.Note($"The former {step.Destination} is now {aside}.");
                    written++;
                    bytes += item.Bytes;
                    break;
                case ConfigurationRestoreAction.AddRuns:
                    context.Note(string.Create(
                        CultureInfo.InvariantCulture, $"Runs added to the history: {AddRuns(item, Path.GetDirectoryName(step.Destination)!)}."));
                    break;
                case ConfigurationRestoreAction.LeaveOut:
                    context.Note($"{item.Origin} was left out; into a folder it comes back too.");
                    break;
            }
        }

        context.Record(run => run with { FilesTotal = written, BytesTotal = bytes });
        string where = options.DestinationPath is { } folder ? $" into {folder}" : "";
        return $"The configuration of {fetched.Day.Name} is back{where}. Files written: {written}.";
    }

    private ConfigurationRestoreStep IntoFolder(ConfigurationItem item, string folder) =>
        Step(ConfigurationRestoreAction.Create, item, Path.Combine(folder, item.Path));

    private ConfigurationRestoreStep InPlace(ConfigurationItem item) => item.Kind switch
    {
        ConfigurationItemKind.Configuration => Written(item, _configurations.ResolvePath(options.ConfigurationPath)),
        ConfigurationItemKind.Secret when Path.IsPathFullyQualified(item.Origin) => Written(item, item.Origin),
        ConfigurationItemKind.History => Step(ConfigurationRestoreAction.AddRuns, item, Path.Combine(StateDirectory(), ConfigurationCollector.History)),
        _ => Step(ConfigurationRestoreAction.LeaveOut, item, item.Origin),
    };

    private ConfigurationRestoreStep Written(ConfigurationItem item, string path)
    {
        // A link stays a link: people keep such files in a repository of their own.
        string file = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        return Step(
            !File.Exists(file) ? ConfigurationRestoreAction.Create
                : File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(fetched.PathOf(item))) ? ConfigurationRestoreAction.Keep
                : ConfigurationRestoreAction.Replace,
            item, file);
    }

    private ConfigurationRestoreStep Step(ConfigurationRestoreAction action, ConfigurationItem item, string destination) =>
        new(action, item.Kind, destination, fetched.Day.Name, item.Path);

    // That of the configuration which comes back, where there is one.
    private string StateDirectory() => options.Overrides.StateDirectory
        ?? _configurations.FindStateDirectory(FetchedFile() ?? options.ConfigurationPath);

    private string? FetchedFile() =>
        fetched.Manifest.Files.FirstOrDefault(item => item.Kind == ConfigurationItemKind.Configuration) is { } item
            ? fetched.PathOf(item) : null;

    private void EnsureItLoads()
    {
        if (options.DestinationPath is null && FetchedFile() is { } file && _configurations.Validate(file) is [var problem, ..])
        {
            throw new RePlexOnException(
                "ConfigurationInvalid", ExitCode.Usage,
                $"The configuration of {fetched.Day.Name} was written by RePlexOn {fetched.Manifest.ToolVersion} and does not suit this version "
                + $"({RunningTool.Version}): {problem.Message}. Nothing was restored.",
                "Restore it into a folder, and correct it there.");
        }
    }

    /// <summary>Writes a file; returns where the one that was there is kept, if one was.</summary>
    private string? Write(ConfigurationItem item, ConfigurationRestoreStep step)
    {
        try
        {
            string? aside = step.Action == ConfigurationRestoreAction.Replace ? KeepAside(step.Destination) : null;
            bool isThere = aside is not null;
            UnixFileMode mode = item.Kind == ConfigurationItemKind.Secret ? PrivateMode.File
                : isThere ? File.GetUnixFileMode(step.Destination) : ModeOf(item);
            AtomicFile.Write(
                step.Destination, File.ReadAllBytes(fetched.PathOf(item)), mode, isThere ? FileOwner.Of(step.Destination) : null);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "ConfigurationNotWritable", ExitCode.Failed, $"{step.Destination} could not be written: {e.Message}",
                "Run it as the user who owns the folder, and look whether the disk is full or read-only. Then run it again.", e);
        }
    }

    private string KeepAside(string path)
    {
        string stamped = $"{path}.before-{time.GetLocalNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
        string aside = stamped;
        for (int again = 2; File.Exists(aside); again++) aside = string.Create(CultureInfo.InvariantCulture, $"{stamped}-{again}");
        File.Copy(path, aside);
        FileOwner.Of(path)?.ApplyTo(aside);
        return aside;
    }

    private int AddRuns(ConfigurationItem item, string stateDirectory)
    {
        using HistoryStore from = HistoryStore.Open(Path.GetDirectoryName(fetched.PathOf(item))!, HistoryAccess.Read, time);
        using HistoryStore to = HistoryStore.Open(stateDirectory, HistoryAccess.Write, time);
        // The run that made the backup was not over when it was made, and nobody can say how another one ended.
        return to.Add(
            from.Query(new RunQuery()).Where(run => run.Id != fetched.Manifest.RunId && run.Status != RunStatus.Running),
            CancellationToken.None);
    }

    private static UnixFileMode ModeOf(ConfigurationItem item) =>
        item.Mode.Length == 4 && item.Mode.All(digit => digit is >= '0' and <= '7')
            ? (UnixFileMode)Convert.ToInt32(item.Mode, 8) & (UnixFileMode)0b111_111_111 : PrivateMode.File;
}
