using System.Collections.Frozen;
using System.Text;

namespace RePlexOn.Legacy;

/// <summary>Months as <c>date</c> writes them in English, German, French, Spanish, Italian and Dutch, in full or short.</summary>
internal static class MonthName
{
    private const int Significant = 3;

    // "jui" begins both juin and juillet, and is looked at apart.
    private static readonly FrozenDictionary<string, int> Beginnings = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["jan"] = 1, ["gen"] = 1, ["ene"] = 1,
        ["feb"] = 2, ["fev"] = 2,
        ["mar"] = 3, ["mrt"] = 3, ["maa"] = 3,
        ["apr"] = 4, ["avr"] = 4, ["abr"] = 4,
        ["may"] = 5, ["mai"] = 5, ["mag"] = 5, ["mei"] = 5,
        ["jun"] = 6, ["giu"] = 6,
        ["jul"] = 7, ["lug"] = 7,
        ["aug"] = 8, ["aou"] = 8, ["ago"] = 8,
        ["sep"] = 9, ["set"] = 9,
        ["oct"] = 10, ["okt"] = 10, ["ott"] = 10,
        ["nov"] = 11,
        ["dec"] = 12, ["dez"] = 12, ["dic"] = 12,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The month's number; null where the word is none.</summary>
    public static int? Find(string word)
    {
        string plain = Plain(word);
        if (plain.StartsWith("juin", StringComparison.Ordinal)) return 6;
        if (plain.StartsWith("juil", StringComparison.Ordinal)) return 7;
        return plain.Length >= Significant && Beginnings.TryGetValue(plain[..Significant], out int month) ? month : null;
    }

    /// <summary>Small letters without the accents that months have; by hand, for a program without ICU cannot.</summary>
    private static string Plain(string word)
    {
        var letters = new StringBuilder(word.Length);
        foreach (char one in word)
        {
            // An accent that is a character of its own follows its letter.
            if (one is < '\u0300' or > '\u036f') letters.Append(WithoutAccent(char.ToLowerInvariant(one)));
        }

        return letters.ToString();
    }

    private static char WithoutAccent(char letter) => letter switch
    {
        'ä' => 'a',
        'é' or 'è' => 'e',
        'û' => 'u',
        _ => letter,
    };
}
