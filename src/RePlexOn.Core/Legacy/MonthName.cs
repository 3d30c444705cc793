using System.Text;

namespace RePlexOn.Legacy;

/// <summary>Months as <c>date</c> writes them in English, German, French, Spanish, Italian and Dutch, in full or short.</summary>
internal static class MonthName
{
    private const int Significant = 3;

    /// <summary>The month's number; null where the word is none.</summary>
    public static int? Find(string word)
    {
        string plain = Plain(word);
        // "jui" begins both juin and juillet.
        if (plain.StartsWith("juin", StringComparison.Ordinal)) return 6;
        if (plain.StartsWith("juil", StringComparison.Ordinal)) return 7;
        return plain.Length < Significant ? null : plain[..Significant] switch
        {
            "jan" or "gen" or "ene" => 1,
            "feb" or "fev" => 2,
            "mar" or "mrt" or "maa" => 3,
            "apr" or "avr" or "abr" => 4,
            "may" or "mai" or "mag" or "mei" => 5,
            "jun" or "giu" => 6,
            "jul" or "lug" => 7,
            "aug" or "aou" or "ago" => 8,
            "sep" or "set" => 9,
            "oct" or "okt" or "ott" => 10,
            "nov" => 11,
            "dec" or "dez" or "dic" => 12,
            _ => null,
        };
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
