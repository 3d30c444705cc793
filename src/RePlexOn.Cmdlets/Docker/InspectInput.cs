using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace RePlexOn.Cmdlets.Docker;

/// <summary>Gathers from the pipeline what <c>docker inspect</c> printed, as lines or as objects, and gives it back as JSON.</summary>
internal sealed class InspectInput
{
    private readonly StringBuilder _json = new();

    /// <summary>Whether nothing has come.</summary>
    public bool IsEmpty => _json.Length == 0;

    /// <summary>Adds a line, or an object.</summary>
    public void Add(PSObject input)
    {
        if (input.BaseObject is string line)
        {
            _json.AppendLine(line);
            return;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) Write(writer, input);
        _json.AppendLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>All that has come.</summary>
    public override string ToString() => _json.ToString();

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case IDictionary dictionary:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary) WriteMember(writer, Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value);
                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case PSCustomObject:
                writer.WriteStartObject();
                foreach (PSPropertyInfo property in ((PSObject)value!).Properties) WriteMember(writer, property.Name, property.Value);
                writer.WriteEndObject();
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger:
                writer.WriteRawValue(Convert.ToString(value is PSObject number ? number.BaseObject : value, CultureInfo.InvariantCulture)!);
                break;
            case var other:
                writer.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        Write(writer, value);
    }
}
