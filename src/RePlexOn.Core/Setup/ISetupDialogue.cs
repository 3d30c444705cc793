namespace RePlexOn.Setup;

/// <summary>The person in front of the terminal, as set-up talks to them.</summary>
public interface ISetupDialogue
{
    /// <summary>Says something.</summary>
    void Say(string text);

    /// <summary>Asks for a line of text.</summary>
    /// <param name="question">The question, without a mark at its end.</param>
    /// <param name="usual">The answer that Enter alone gives; null where there is none.</param>
    /// <returns>The answer without space around it; empty where neither it nor a usual one is given.</returns>
    /// <exception cref="OperationCanceledException">There is nobody to answer any more.</exception>
    string Ask(string question, string? usual);

    /// <summary>Asks for a secret, which is not shown as it is typed.</summary>
    /// <exception cref="OperationCanceledException">There is nobody to answer any more.</exception>
    string AskSecret(string question);

    /// <summary>Asks a question of yes or no.</summary>
    /// <param name="question">The question, without a mark at its end.</param>
    /// <param name="usual">The answer that Enter alone gives.</param>
    /// <exception cref="OperationCanceledException">There is nobody to answer any more.</exception>
    bool Confirm(string question, bool usual);
}
