using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A <c>replexon</c> that runs, as <c>dotnet build</c> has laid it out.</summary>
public sealed partial class RunningCommand
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunningCommand(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The command line's program.</summary>
    public static string Program { get; } = FindProgram();

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts <c>replexon</c>.</summary>
    public static RunningCommand Start(IEnumerable<(string Name, string Value)> environment, params string[] arguments) =>
        StartProgram(environment, Program, arguments);

    /// <summary>Starts a program that starts <c>replexon</c>.</summary>
    public static RunningCommand StartProgram(
        IEnumerable<(string Name, string Value)> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int number) => Assert.Equal(0, SendSignal(Id, number));

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        var result = new CommandResult(_process.ExitCode, await _output, await _errors);
        _process.Dispose();
        return result;
    }

    private static string FindProgram()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RePlexOn.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "out/cli/replexon");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
