using System.Globalization;
using System.Text;
using RePlexOn.Configuration;

namespace RePlexOn.Tests.Configuration;

/// <summary>A configuration file as untidy as a person could write it, with a record of where everything stands.</summary>
internal sealed class RandomConfiguration
{
    private static readonly string[] Comments =
        ["// , } { \" ä", "// \"source\": \"/x\",", "// \"timeoutSeconds\": 1", "//", "/* , } \" */", "/* a\n b */", "/**/"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly string _newLine;

    public RandomConfiguration(int seed)
    {
        _random = new Random(seed);
        _newLine = _random.Next(4) == 0 ? "\r\n" : "\n";
        var chosen = SettingsTable.All.Where(_ => _random.Next(3) == 0).Select(setting => setting.Key).ToHashSet();
        var tops = SettingsTable.All.Select(setting => setting.Key.Split('.')[0]).Distinct().OrderBy(_ => _random.Next()).ToList();
        Blank();
        Object(tops.Where(top => chosen.Contains(top) || (IsSection(top) && _random.Next(2) == 0)), top =>
        {
            if (!IsSection(top))
                Value(top);
            else if (_random.Next(8) == 0)
                _text.Append("null");
            else
                Object(chosen.Where(key => key.StartsWith(top + ".", StringComparison.Ordinal)).Select(key => key[(top.Length + 1)..]), name => Value($"{top}.{name}"), top + ".");
        });
        Blank();
    }

    public string Text => _text.ToString();

    /// <summary>Where each key's member and value stand.</summary>
    public Dictionary<string, (int MemberStart, int ValueStart, int End)> Places { get; } = [];

    /// <summary>The comments and where they start.</summary>
    public List<(int Start, string Text)> Shown { get; } = [];

    /// <summary>A value that the setting takes.</summary>
    public object AnyValue(Setting setting) => setting.Kind switch
    {
        SettingKind.WholeNumber => _random.Next(setting.Minimum!.Value, setting.Maximum!.Value + 1),
        SettingKind.Flag => Toss(),
        SettingKind.Choice => setting.Choices[_random.Next(setting.Choices.Count)],
        SettingKind.TextList => Enumerable.Range(0, _random.Next(4)).Select(_ => AnyText()).ToArray(),
        _ => "/" + AnyText(),
    };

    public Setting AnySetting() => SettingsTable.All[_random.Next(SettingsTable.All.Count)];

    public bool Toss() => _random.Next(2) == 0;

    private static bool IsSection(string name) => SettingsTable.All.Any(setting => setting.Key.StartsWith(name + ".", StringComparison.Ordinal));

    private string AnyText() => string.Concat(Enumerable.Range(0, 1 + _random.Next(6)).Select(_ => "a,b{}\"\\/*ä😀 [x"[.._random.Next(1, 9)])) + "z";

    private void Object(IEnumerable<string> names, Action<string> value, string prefix = "")
    {
        _text.Append('{');
        Blank();
        var first = true;
        foreach (var name in names)
        {
            if (!first)
            {
                _text.Append(',');
                Blank();
            }

            first = false;
            var start = _text.Length;
            _text.Append(CultureInfo.InvariantCulture, $"\"{name}\"").Append(' ', _random.Next(2)).Append(':');
            Blank();
            var valueStart = _text.Length;
            value(name);
            Places[prefix + name] = (start, valueStart, _text.Length);
            Blank();
        }

        if (!first && Toss())
        {
            _text.Append(',');
            Blank();
        }

        _text.Append('}');
    }

    private void Value(string key)
    {
        var setting = SettingsTable.All.Single(setting => setting.Key == key);
        _text.Append(SettingRules.ToJson(setting, AnyValue(setting)));
    }

    private void Blank()
    {
        for (var pieces = _random.Next(4); pieces > 0; pieces--)
        {
            switch (_random.Next(6))
            {
                case 0:
                    _text.Append(_newLine).Append(' ', _random.Next(3));
                    break;
                case 1:
                    var comment = Comments[_random.Next(Comments.Length)];
                    Shown.Add((_text.Length, comment));
                    _text.Append(comment).Append(comment.StartsWith("//", StringComparison.Ordinal) ? _newLine : "");
                    break;
                case 2:
                    _text.Append('\t');
                    break;
                default:
                    _text.Append(' ');
                    break;
            }
        }
    }
}
