using System.Text;
using RePlexOn.Files;

namespace RePlexOn.Configuration;

/// <summary>Finds, loads, checks, lists and changes the configuration file, which is JSON with comments and trailing commas.</summary>
/// <remarks>
/// The file is, in this order: the path asked for, the one in <c>REPLEXON_CONFIG</c>, <c>/etc/replexon/replexon.json</c> for
/// root, <c>$XDG_CONFIG_HOME/replexon/replexon.json</c> for others. Only the last two may be missing: all is at its default then.
/// </remarks>
public sealed class ConfigurationStore
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Hidden = "(set, not shown)";

    private const int LargestFile = 1 << 20;

    private readonly UserEnvironment _environment;
    private readonly IReadOnlyList<Setting> _settings;
    private readonly ConfigurationReader _reader;

    /// <summary>A store for the user who runs this process.</summary>
    public ConfigurationStore()
        : this(UserEnvironment.Current())
    {
    }

    /// <summary>A store for the given user.</summary>
    public ConfigurationStore(UserEnvironment environment)
        : this(environment, SettingsTable.All)
    {
    }

    internal ConfigurationStore(UserEnvironment environment, IReadOnlyList<Setting> settings)
    {
        _environment = environment;
        _settings = settings;
        _reader = new ConfigurationReader(settings, environment);
    }

    /// <summary>The absolute path of the file, whether it exists or not.</summary>
    /// <param name="explicitPath">The path asked for; null for the environment's or the default one.</param>
    public string ResolvePath(string? explicitPath = null) =>
        (string.IsNullOrEmpty(explicitPath) ? _environment.ConfigurationPathAskedFor : explicitPath) is { } asked
            ? Path.GetFullPath(_environment.Expand(asked))
            : _environment.DefaultConfigurationPath;

    /// <summary>Loads the configuration.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>ConfigurationMissing</c>: the file asked for is not there; <c>ConfigurationUnreadable</c>: it cannot be read;
    /// <c>ConfigurationInvalid</c>: something in it is wrong. The message names the first trouble with its line.
    /// </exception>
    public RePlexOnConfiguration Load(string? explicitPath = null) => Read(explicitPath).Whole();

    /// <summary>
    /// The state directory, as far as it can be told: from a file with errors too, else the default one. What goes
    /// wrong because of such a file can then be recorded where the user looks for it.
    /// </summary>
    public string FindStateDirectory(string? explicitPath = null) => Read(explicitPath).WhatIsRight.StateDirectory;

    /// <summary>Reads the file once: for what is right in it, and for what is wrong.</summary>
    internal LoadedConfiguration Read(string? explicitPath)
    {
        var path = ResolvePath(explicitPath);
        try
        {
            if (ReadFile(path, mayBeMissing: IsDefault(explicitPath)) is not { } text)
                return new LoadedConfiguration(_reader.Defaults, Trouble: null);

            var reading = _reader.Read(text);
            return new LoadedConfiguration(
                reading.Configuration with { FilePath = path },
                reading.Problems.Count == 0 ? null : Invalid(path, reading.Problems));
        }
        catch (RePlexOnException trouble)
        {
            return new LoadedConfiguration(_reader.Defaults, trouble);
        }
    }

    /// <summary>All that is wrong with the file, at once; empty when it would load.</summary>
    public IReadOnlyList<ConfigurationProblem> Validate(string? explicitPath = null)
    {
        try
        {
            return ReadFile(ResolvePath(explicitPath), mayBeMissing: IsDefault(explicitPath)) is { } text ? _reader.Read(text).Problems : [];
        }
        catch (RePlexOnException exception)
        {
            return [new ConfigurationProblem(null, null, null, exception.Message, exception.Advice)];
        }
    }

    /// <summary>All settings as they stand, in the order of the table. In place of an address that is a secret stands <see cref="Hidden"/>.</summary>
    /// <exception cref="RePlexOnException">As <see cref="Load"/> throws them.</exception>
    public IReadOnlyList<SettingValue> List(string? explicitPath = null)
    {
        var text = ReadFile(ResolvePath(explicitPath), mayBeMissing: IsDefault(explicitPath)) ?? "{}"u8.ToArray();
        var reading = _reader.Read(text);
        if (reading.Problems.Count > 0)
            throw Invalid(ResolvePath(explicitPath), reading.Problems);
        var configuration = reading.Configuration;
        return [.. _settings.Select(setting => new SettingValue(
            setting, Shown(setting, setting.Get(configuration)), reading.DefaultOf(setting), reading.Values.ContainsKey(setting)))];
    }

    /// <summary>
    /// Changes settings in place: comments, order and all other values stay byte for byte. What the file would be is checked
    /// before it is written; then it is replaced in one step and keeps its mode and owner. A missing file is made, readable
    /// by its owner only (0600): it names hosts and users, and only its owner's runs read it.
    /// </summary>
    /// <param name="explicitPath">The path asked for; null for the environment's or the default one.</param>
    /// <param name="changes">New values by key; null takes the key out, so that the default holds. Numbers, flags and lists may come as text.</param>
    /// <exception cref="RePlexOnException">
    /// <c>ConfigurationInvalid</c>: a key or value is wrong, or the file was wrong before; <c>ConfigurationUnreadable</c>,
    /// <c>ConfigurationNotWritable</c>. The file is as it was then.
    /// </exception>
    public void Set(string? explicitPath, IReadOnlyDictionary<string, object?> changes)
    {
        var path = ResolvePath(explicitPath);
        var json = ToJson(changes);
        var old = ReadFile(path, mayBeMissing: true);
        var text = old ?? "{\n}\n"u8.ToArray();
        foreach (var (key, value) in json)
        {
            if (!ConfigurationDocument.TryParse(text, out var document, out var problem))
                throw Invalid(path, [problem]);
            text = value is null ? ConfigurationEditor.Remove(document, key) : ConfigurationEditor.Set(document, key, value);
        }

        var problems = _reader.Read(text).Problems;
        if (problems.FirstOrDefault(problem => problem.Key is { } key && json.ContainsKey(key)) is { } ours)
            throw Invalid(path, [ours with { Line = null }]);
        if (problems.Count > 0)
            throw Invalid(path, problems);
        if (old is null || !old.AsSpan().SequenceEqual(text))
            WriteFile(path, text);
    }

    /// <summary>The text of a new file: every setting with what it does, those not given as comments.</summary>
    /// <param name="values">Values by key; those that are null count as not given.</param>
    /// <exception cref="RePlexOnException"><c>ConfigurationInvalid</c>: a key or value is wrong.</exception>
    public string CreateTemplate(IReadOnlyDictionary<string, object?> values)
    {
        var json = ToJson(values).Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
        var text = ConfigurationTemplate.Create(_settings, _reader.Defaults, json);
        var problems = _reader.Read(Encoding.UTF8.GetBytes(text)).Problems;
        return problems.Count == 0 ? text : throw Invalid(null, [problems[0] with { Line = null }]);
    }

    /// <summary>Writes a new, commented file (0600, its folder 0700 where it is made) and returns its path.</summary>
    /// <param name="explicitPath">The path asked for; null for the environment's or the default one.</param>
    /// <param name="values">Values by key, as for <see cref="CreateTemplate"/>.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="RePlexOnException">
    /// <c>ConfigurationExists</c>; <c>ConfigurationInvalid</c>: a key or value is wrong; <c>ConfigurationNotWritable</c>.
    /// </exception>
    public string Create(string? explicitPath, IReadOnlyDictionary<string, object?> values, bool overwrite = false)
    {
        var path = ResolvePath(explicitPath);
        if (!overwrite && Path.Exists(path))
        {
            throw new RePlexOnException("ConfigurationExists", ExitCode.Usage, $"{path} is there already.",
                "Change single settings in it, or ask for it to be replaced.");
        }

        WriteFile(path, Encoding.UTF8.GetBytes(CreateTemplate(values)));
        return path;
    }

    /// <summary>
    /// Writes a password into a file of its own: mode 0600, owned by the current user, in a folder that is made 0700 where
    /// it is missing. The file is replaced in one step.
    /// </summary>
    /// <param name="path">Absolute path, or one that starts with <c>~/</c>.</param>
    /// <param name="secret">One line of text. It appears in no message.</param>
    /// <exception cref="RePlexOnException"><c>SecretInvalid</c>: empty or more than one line; <c>SecretNotWritable</c>.</exception>
    public void WriteSecret(string path, string secret)
    {
        if (secret.Length == 0 || secret.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new RePlexOnException("SecretInvalid", ExitCode.Usage, "The password is empty or has more than one line.",
                "Give the password alone, in one line.");
        }

        var absolute = Path.GetFullPath(_environment.Expand(path));
        try
        {
            AtomicFile.Write(absolute, Encoding.UTF8.GetBytes(secret + "\n"), PrivateMode.File);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("SecretNotWritable", ExitCode.Failed,
                $"The password could not be written to {absolute}: {exception.Message}",
                "Name a file in a folder that you may write to, and look whether the disk is full or read-only.", exception);
        }
    }

    private bool IsDefault(string? explicitPath) =>
        string.IsNullOrEmpty(explicitPath) && _environment.ConfigurationPathAskedFor is null;

    private Dictionary<string, string?> ToJson(IReadOnlyDictionary<string, object?> values)
    {
        var json = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (_settings.FirstOrDefault(setting => setting.Key == key) is not { } setting)
            {
                var (message, advice) = ConfigurationReader.UnknownKey(key, _settings);
                throw Invalid(null, [new ConfigurationProblem(key, null, null, message, advice)]);
            }

            json[key] = value is null ? null : SettingRules.ToJson(setting, value) ?? throw Invalid(null,
            [
                new ConfigurationProblem(key, null, null,
                    $"'{key}' takes {SettingRules.Expected(setting)}", $"For example: {SettingRules.Example(setting)}"),
            ]);
        }

        return json;
    }

    private static object? Shown(Setting setting, object? value) =>
        setting.Kind == SettingKind.SecretAddress && value is string text && !text.StartsWith('/') ? Hidden : value;

    private static byte[]? ReadFile(string path, bool mayBeMissing)
    {
        if (Directory.Exists(path))
        {
            throw new RePlexOnException("ConfigurationUnreadable", ExitCode.Usage, $"{path} is a folder; the configuration must be a file.",
                $"Name the file in it, such as {Path.Combine(path, "replexon.json")}, or remove the folder.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[LargestFile + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= LargestFile
                ? buffer[..length]
                : throw new RePlexOnException("ConfigurationUnreadable", ExitCode.Usage,
                    $"{path} is larger than 1 MiB and so no configuration file.", "Name the right file.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return mayBeMissing ? null : throw new RePlexOnException("ConfigurationMissing", ExitCode.Usage,
                $"There is no configuration file {path}.",
                "Check the path and the variable REPLEXON_CONFIG, or make the file with 'replexon init'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("ConfigurationUnreadable", ExitCode.Usage, $"{path} cannot be read: {exception.Message}",
                $"Run as the user who owns it (ls -l '{path}' shows who), or let this user read it.", exception);
        }
    }

    private static void WriteFile(string path, byte[] text)
    {
        try
        {
            // A link stays a link: people keep such files in a repository of their own.
            var file = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
            var mode = File.Exists(file) ? File.GetUnixFileMode(file) : PrivateMode.File;
            AtomicFile.Write(file, text, mode, FileOwner.Of(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("ConfigurationNotWritable", ExitCode.Failed, $"{path} could not be written: {exception.Message}",
                "Run as the user who owns it, and look whether the disk is full or read-only.", exception);
        }
    }

    private static RePlexOnException Invalid(string? path, IReadOnlyList<ConfigurationProblem> problems)
    {
        var first = problems[0];
        var place = first.Line is null || path is null ? "" : $" line {first.Line}, column {first.Column}";
        var more = problems.Count switch
        {
            1 => "",
            2 => " (and one more problem)",
            var count => $" (and {count - 1} more problems)",
        };
        return new RePlexOnException("ConfigurationInvalid", ExitCode.Usage,
            Sentence(path is null ? first.Message : $"{path}{place}: {first.Message}{more}"), first.Advice);
    }

    private static string Sentence(string text) => text.EndsWith('?') ? text : text + ".";
}
