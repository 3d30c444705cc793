using System.Text;
using RePlexOn.Processes;

namespace RePlexOn.Security.Fail2ban;

/// <summary>fail2ban's own programs, for one configuration folder, which names the server's socket.</summary>
/// <param name="folder">The configuration folder.</param>
internal sealed class Fail2banProgram(string folder)
{
    private readonly ProgramRunner _runner = new();

    /// <summary>Whether a server runs that listens to this user.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken) =>
        (await ClientAsync(cancellationToken, "ping")).ExitCode == 0;

    /// <summary>Asks the server for something.</summary>
    /// <returns>How that ended, and what it said.</returns>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>.</exception>
    public Task<Answer> ClientAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync("fail2ban-client", ["-c", folder, .. arguments], cancellationToken);

    /// <summary>Has <c>fail2ban-regex</c> look at a log.</summary>
    /// <param name="log">The log; it must be there, else its name would be taken for a line.</param>
    /// <param name="filter">The filter's file.</param>
    /// <param name="options">Options before them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Answer> RegexAsync(string log, string filter, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        RunAsync("fail2ban-regex", ["-c", folder, .. options, log, filter], cancellationToken);

    private async Task<Answer> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        ProgramResult result = await _runner.RunAsync(
            new ProgramCall
            {
                Program = program,
                Arguments = arguments,
                Environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" },
            },
            line => output.Append(line).Append('\n'), null, cancellationToken);
        return new Answer(result.ExitCode, output.ToString(), result.ErrorText);
    }

    /// <summary>What a program of fail2ban's said.</summary>
    internal sealed record Answer(int ExitCode, string Output, string Errors)
    {
        /// <summary>The trouble in it, on one line.</summary>
        public string Trouble => string.Join(' ', $"{Errors}\n{Output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.Contains("ERROR", StringComparison.OrdinalIgnoreCase) || line.Contains("Permission", StringComparison.Ordinal))
            .DefaultIfEmpty($"{Errors} {Output}".ReplaceLineEndings(" ").Trim())
            .TakeLast(4));
    }
}
