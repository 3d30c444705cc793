namespace RePlexOn.Legacy;

/// <summary>The short names that the tz database gives its zones.</summary>
internal static class ZoneName
{
    // In minutes. Where a name stands for several zones, the one with the most people who speak of it so comes first.
    private static readonly Dictionary<string, int[]> Offsets = new(StringComparer.Ordinal)
    {
        ["UTC"] = [0], ["GMT"] = [0], ["UCT"] = [0], ["Z"] = [0],
        ["WET"] = [0], ["WEST"] = [60],
        ["BST"] = [60],
        ["CET"] = [60], ["CEST"] = [120], ["MET"] = [60], ["MEST"] = [120],
        ["EET"] = [120], ["EEST"] = [180], ["MSK"] = [180], ["MSD"] = [240],
        ["IST"] = [330, 60, 120], ["IDT"] = [180],
        ["WAT"] = [60], ["CAT"] = [120], ["SAST"] = [120], ["EAT"] = [180],
        ["PKT"] = [300], ["WIB"] = [420], ["WITA"] = [480], ["WIT"] = [540],
        ["HKT"] = [480], ["JST"] = [540], ["KST"] = [540],
        ["AWST"] = [480], ["ACST"] = [570], ["ACDT"] = [630], ["AEST"] = [600], ["AEDT"] = [660],
        ["NZST"] = [720], ["NZDT"] = [780], ["ChST"] = [600], ["SST"] = [-660],
        ["NST"] = [-210], ["NDT"] = [-150],
        ["AST"] = [-240], ["ADT"] = [-180],
        ["EST"] = [-300], ["EDT"] = [-240],
        ["CST"] = [-360, 480, -300], ["CDT"] = [-300, -240],
        ["MST"] = [-420], ["MDT"] = [-360],
        ["PST"] = [-480, 480], ["PDT"] = [-420],
        ["AKST"] = [-540], ["AKDT"] = [-480], ["HST"] = [-600], ["HDT"] = [-540],
    };

    /// <summary>What a name can stand for, in minutes east of UTC; empty where it is not known.</summary>
    public static IReadOnlyList<int> OffsetsOf(string name) => Offsets.TryGetValue(name, out int[]? minutes) ? minutes : [];
}
