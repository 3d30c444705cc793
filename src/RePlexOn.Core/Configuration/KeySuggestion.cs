namespace RePlexOn.Configuration;

/// <summary>Finds the key that somebody meant.</summary>
internal static class KeySuggestion
{
    /// <summary>The known key nearest to what was written; null when none is near.</summary>
    public static string? For(string written, IEnumerable<string> known)
    {
        string? nearest = null;
        var nearestDistance = int.MaxValue;
        foreach (var key in known)
        {
            var distance = Distance(written, key);
            if (distance < nearestDistance)
                (nearest, nearestDistance) = (key, distance);
        }

        return nearest is not null && nearestDistance <= Math.Max(2, nearest.Length / 4) ? nearest : null;
    }

    private static int Distance(string written, string key)
    {
        // The right name in the wrong section, or in none, is nearer than any misspelling.
        if (LastName(written).Equals(LastName(key), StringComparison.OrdinalIgnoreCase))
            return written.Equals(key, StringComparison.OrdinalIgnoreCase) ? 0 : 1;
        return Math.Min(
            EditDistance(written.ToUpperInvariant(), key.ToUpperInvariant()),
            1 + EditDistance(LastName(written).ToUpperInvariant(), LastName(key).ToUpperInvariant()));
    }

    private static string LastName(string key) => key[(key.LastIndexOf('.') + 1)..];

    // Levenshtein, one row at a time. Very long texts are no misspellings of ours.
    private static int EditDistance(string left, string right)
    {
        if (left.Length > 100)
            return left.Length;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
