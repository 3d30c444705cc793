namespace RePlexOn.Plex.Databases;

/// <summary>What a check of a database found.</summary>
/// <param name="Problems">What is wrong, in SQLite's words; empty when the database is sound.</param>
/// <param name="TablesChecked">Ordinary tables, all of which were read from end to end.</param>
/// <param name="TablesSkipped">
/// Virtual tables, which only Plex's own SQLite can open. Their content lies in ordinary tables, which were checked.
/// </param>
public sealed record DatabaseCheckResult(IReadOnlyList<string> Problems, int TablesChecked, int TablesSkipped)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;
}
