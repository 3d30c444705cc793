using System.Text.Json;

namespace RePlexOn.Configuration;

/// <summary>What was found in a configuration file.</summary>
/// <param name="Defaults">The settings of an empty file.</param>
/// <param name="Values">What the file sets, as far as it is right.</param>
/// <param name="Problems">All that is wrong, in the order of the text.</param>
internal sealed record ConfigurationReading(
    RePlexOnConfiguration Defaults, IReadOnlyDictionary<Setting, object> Values, IReadOnlyList<ConfigurationProblem> Problems)
{
    public RePlexOnConfiguration Configuration => With(Values);

    /// <summary>What would hold if the file did not name the setting; some defaults follow other settings.</summary>
    public object? DefaultOf(Setting setting) => setting.Get(With(Values.Where(pair => pair.Key != setting)));

    private RePlexOnConfiguration With(IEnumerable<KeyValuePair<Setting, object>> values) =>
        values.Aggregate(Defaults, (configuration, pair) => pair.Key.With(configuration, pair.Value));
}

/// <summary>Reads a configuration file by the table of settings.</summary>
internal sealed class ConfigurationReader(IReadOnlyList<Setting> settings, UserEnvironment environment)
{
    public RePlexOnConfiguration Defaults => new() { StateDirectory = environment.DefaultStateDirectory };

    public ConfigurationReading Read(byte[] text)
    {
        if (!ConfigurationDocument.TryParse(text, out var document, out var problem))
            return new ConfigurationReading(Defaults, new Dictionary<Setting, object>(), [problem]);

        var pass = new Pass(document, settings, environment);
        pass.ReadSection(document.Root, "");
        return new ConfigurationReading(Defaults, pass.Values, pass.Problems);
    }

    /// <summary>What to say of a key that is not in the table.</summary>
    public static (string Message, string Advice) UnknownKey(string key, IReadOnlyList<Setting> settings)
    {
        var known = settings.Select(setting => setting.Key);
        var sections = known.Where(name => name.Contains('.')).Select(name => name[..name.LastIndexOf('.')]).Distinct();
        return KeySuggestion.For(key, known.Concat(sections)) is { } meant
            ? ($"unknown key '{key}'; did you mean '{meant}'?", $"Correct the key to '{meant}', or remove it.")
            : ($"unknown key '{key}'", "Remove it, or look up its right name in the list of settings.");
    }

    private sealed class Pass(ConfigurationDocument document, IReadOnlyList<Setting> settings, UserEnvironment environment)
    {
        public Dictionary<Setting, object> Values { get; } = [];

        public List<ConfigurationProblem> Problems { get; } = [];

        public void ReadSection(ConfigurationNode section, string prefix)
        {
            var seen = new Dictionary<string, ConfigurationMember>(StringComparer.Ordinal);
            foreach (var member in section.Members)
            {
                var key = prefix + member.Name;
                if (seen.TryAdd(member.Name, member))
                    ReadMember(member, key);
                else
                {
                    Report(key, member.Start, $"'{key}' is there twice, first in line {document.Locate(seen[member.Name].Start).Line}",
                        "Remove one of the two.");
                }
            }
        }

        private void ReadMember(ConfigurationMember member, string key)
        {
            if (settings.FirstOrDefault(setting => setting.Key == key) is { } setting)
                ReadSetting(member, setting);
            else if (!settings.Any(setting => setting.Key.StartsWith(key + ".", StringComparison.Ordinal)))
            {
                var (message, advice) = UnknownKey(key, settings);
                Report(key, member.Start, message, advice);
            }
            else if (member.Value.Type == JsonTokenType.StartObject)
                ReadSection(member.Value, key + ".");
            else if (member.Value.Type != JsonTokenType.Null)
            {
                Report(key, member.Value.Start, $"'{key}' must be a group of settings between {{ and }}",
                    $"Write \"{key}\": {{ … }} with its settings inside.");
            }
        }

        private void ReadSetting(ConfigurationMember member, Setting setting)
        {
            if (member.Value.Type == JsonTokenType.Null)
                return; // null is another way to write "the default"

            var (value, message, advice) = SettingRules.Read(setting, member.Value, environment);
            if (value is not null)
                Values[setting] = value;
            else
                Report(setting.Key, member.Value.Start, $"'{setting.Key}' {message}", advice!);
        }

        private void Report(string key, int offset, string message, string advice)
        {
            var (line, column) = document.Locate(offset);
            Problems.Add(new ConfigurationProblem(key, line, column, message, advice));
        }
    }
}
