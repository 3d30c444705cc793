namespace RePlexOn;

/// <summary>A trouble that a person can do something about: what happened, and what to do.</summary>
/// <param name="errorId">Short and stable, such as <c>TargetUnreachable</c>; scripts may test for it.</param>
/// <param name="exitCode">How the run or the command ends because of it.</param>
/// <param name="message">What happened, naming the thing. One or two sentences, no secrets.</param>
/// <param name="advice">What to do about it, as a full sentence.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class RePlexOnException(
    string errorId, ExitCode exitCode, string message, string advice, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Short and stable name of the trouble.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>How the run or the command ends because of it.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;
}
