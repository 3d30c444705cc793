using System.Text;

namespace RePlexOn.Security.Firewall;

/// <summary>Cuts a line of comma- or tab-separated values; what stands in double quotes may hold commas.</summary>
internal static class CsvLine
{
    /// <summary>The fields, without quotes and without white space around them.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        if (!line.AsSpan().ContainsAny(",\t\"")) return [line];
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char one in line)
        {
            if (one == '"') quoted = !quoted;
            else if (one is ',' or '\t' && !quoted) EndField();
            else field.Append(one);
        }

        EndField();
        return fields;

        void EndField()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }
}
