namespace RePlexOn.Cli;

/// <summary>What went wrong, as programs read it: the same names as in a run.</summary>
/// <param name="ErrorId">Short and stable name of what went wrong.</param>
/// <param name="ExitCode">How the command ends.</param>
/// <param name="Message">What went wrong, for a person.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record Trouble(string ErrorId, ExitCode ExitCode, string Message, string Advice)
{
    /// <summary>The trouble of an exception.</summary>
    public static Trouble Of(RePlexOnException exception) =>
        new(exception.ErrorId, exception.ExitCode, exception.Message, exception.Advice);
}
