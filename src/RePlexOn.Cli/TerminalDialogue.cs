using System.Text;
using RePlexOn.Setup;

namespace RePlexOn.Cli;

/// <summary>Asks the person at the terminal.</summary>
internal sealed class TerminalDialogue : ISetupDialogue
{
    /// <summary>Whether there is one: what is asked would be seen, and what is typed be read.</summary>
    public static bool IsPossible => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    public void Say(string text) => Console.Out.WriteLine(text);

    public string Ask(string question, string? usual)
    {
        Console.Out.Write(usual is null ? $"{question}: " : $"{question}\n  [{usual}]: ");
        string answer = (Console.In.ReadLine() ?? throw new OperationCanceledException("Nobody answers.")).Trim();
        return answer.Length == 0 ? usual ?? "" : answer;
    }

    public string AskSecret(string question)
    {
        Console.Out.Write($"{question}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Console.Out.WriteLine();
        return typed.ToString();
    }

    public bool Confirm(string question, bool usual)
    {
        while (true)
        {
            string answer = Ask($"{question}? [{(usual ? "Y/n" : "y/N")}]", null);
            if (answer.Length == 0) return usual;
            if (answer.StartsWith("y", StringComparison.OrdinalIgnoreCase)) return true;
            if (answer.StartsWith("n", StringComparison.OrdinalIgnoreCase)) return false;
        }
    }
}
