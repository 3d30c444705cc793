namespace RePlexOn.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + n where signal n killed it.</param>
/// <param name="ErrorText">The end of what it wrote on its standard error, at most about 64 KB.</param>
/// <param name="Duration">How long it ran, by a monotonic clock.</param>
public sealed record ProgramResult(int ExitCode, string ErrorText, TimeSpan Duration);
