using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RePlexOn.Cli;

/// <summary>A command that shows in its help how it is used.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines as a user types them.</param>
internal sealed class CommandWithExamples(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines as a user types them.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The parser's help, with the examples of the command below it.</summary>
internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExamples { Examples: [_, ..] examples })
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples) output.WriteLine("  " + example);
            output.WriteLine();
        }

        return exitCode;
    }
}
