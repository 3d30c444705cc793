namespace RePlexOn.Configuration;

/// <summary>What a setting holds, and so how it is written and checked.</summary>
public enum SettingKind
{
    /// <summary>Any text but the empty one.</summary>
    Text,

    /// <summary>An absolute path; <c>~/</c> stands for the home directory.</summary>
    Path,

    /// <summary>A place for backups: an absolute path, <c>rsync://…</c>, <c>ssh://…</c> or <c>user@host:/path</c>.</summary>
    Target,

    /// <summary>
    /// An <c>https://</c> or <c>http://</c> address that is a secret itself, or the absolute path of a private file that
    /// holds one.
    /// </summary>
    SecretAddress,

    /// <summary>A whole number between two limits.</summary>
    WholeNumber,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A list of texts, none of them empty.</summary>
    TextList,

    /// <summary>One of a few words; upper and lower case do not matter.</summary>
    Choice,
}
