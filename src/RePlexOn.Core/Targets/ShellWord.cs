namespace RePlexOn.Targets;

/// <summary>Writes words of commands that are shown to people, so that they can be pasted. Nothing here is ever run.</summary>
internal static class ShellWord
{
    public static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:@,%~".Contains(c, StringComparison.Ordinal)) && word.Length > 0
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
