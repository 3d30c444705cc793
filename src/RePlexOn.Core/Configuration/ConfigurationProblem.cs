namespace RePlexOn.Configuration;

/// <summary>One thing wrong with the configuration file.</summary>
/// <param name="Key">The setting it concerns; null when it concerns the file.</param>
/// <param name="Line">Line in the file, from 1; null when it concerns the file as a whole.</param>
/// <param name="Column">Character in that line, from 1.</param>
/// <param name="Message">What is wrong, in one sentence that names the key and shows no secret.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ConfigurationProblem(string? Key, int? Line, int? Column, string Message, string Advice);
