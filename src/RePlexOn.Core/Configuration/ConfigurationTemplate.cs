using System.Globalization;
using System.Text;

namespace RePlexOn.Configuration;

/// <summary>Writes a configuration file that explains itself: every setting is there, those at their default as a comment.</summary>
internal static class ConfigurationTemplate
{
    public static string Create(
        IReadOnlyList<Setting> settings, RePlexOnConfiguration defaults, IReadOnlyDictionary<string, string> valuesAsJson)
    {
        var text = new StringBuilder();
        text.Append("// Settings of RePlexOn. A line that starts with // is a comment: take the slashes away to set the value.\n");
        text.Append("{\n");
        var section = "";
        var isFirst = true;
        foreach (var setting in settings)
        {
            var dot = setting.Key.LastIndexOf('.');
            var itsSection = dot < 0 ? "" : setting.Key[..dot];
            if (itsSection != section)
            {
                text.Append(section.Length > 0 ? "  },\n" : "").Append('\n');
                text.Append(CultureInfo.InvariantCulture, $"  \"{itsSection}\": {{\n");
                section = itsSection;
                isFirst = true;
            }

            if (!isFirst)
                text.Append('\n');
            isFirst = false;

            AppendSetting(text, setting, section.Length > 0 ? "    " : "  ", defaults, valuesAsJson);
        }

        if (section.Length > 0)
            text.Append("  },\n");
        return text.Append("}\n").ToString();
    }

    private static void AppendSetting(
        StringBuilder text, Setting setting, string indent, RePlexOnConfiguration defaults, IReadOnlyDictionary<string, string> valuesAsJson)
    {
        var name = setting.Key[(setting.Key.LastIndexOf('.') + 1)..];
        var limits = setting.Kind switch
        {
            SettingKind.WholeNumber => $" From {SettingRules.Range(setting)}.",
            SettingKind.Choice => $" {string.Join(", ", setting.Choices)}.",
            _ => "",
        };
        text.Append(CultureInfo.InvariantCulture, $"{indent}// {setting.Description}{limits}\n");
        if (valuesAsJson.TryGetValue(setting.Key, out var json))
            text.Append(CultureInfo.InvariantCulture, $"{indent}\"{name}\": {json},\n");
        else
            text.Append(CultureInfo.InvariantCulture, $"{indent}// \"{name}\": {SettingRules.ToJson(setting, Shown(setting, defaults))},\n");
    }

    private static object Shown(Setting setting, RePlexOnConfiguration defaults) => setting.Get(defaults) switch
    {
        null => setting.Example!,
        IReadOnlyList<string> { Count: 0 } => setting.Example!,
        var value => value,
    };
}
