namespace RePlexOn.Targets;

/// <summary>rsync's words for the kinds of sums.</summary>
internal static class FileSumKinds
{
    private const string Xxh128 = "xxh128";
    private const string Md5 = "md5";

    /// <summary>rsync's name of a kind.</summary>
    public static string NameOf(FileSumKind kind) => kind == FileSumKind.Md5 ? Md5 : Xxh128;

    /// <summary>The kind of a name; null for one that is not used here.</summary>
    public static FileSumKind? Of(string name) => name switch
    {
        Xxh128 => FileSumKind.Xxh128,
        Md5 => FileSumKind.Md5,
        _ => null,
    };

    /// <summary>
    /// What rsync may agree on with the far side, the best first. Where that is older than 3.2 there is nothing to
    /// agree on, and it is MD5.
    /// </summary>
    public static string Offer(FileSumKind preferred) => preferred == FileSumKind.Md5 ? $"{Md5} {Xxh128}" : $"{Xxh128} {Md5}";
}
