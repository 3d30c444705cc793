using System.Diagnostics;

namespace RePlexOn.Processes;

/// <summary>
/// Runs programs such as rsync: both output pipes are drained all the time, input is fed beside it, nothing comes
/// from or goes to the terminal, and a cancelled program is asked to end before it is killed.
/// </summary>
/// <remarks>
/// Each program gets a session of its own (<c>setsid</c>): it has no terminal to prompt on, a Ctrl+C at the terminal
/// reaches it only through the cancellation token, and all its children can be ended with it.
/// </remarks>
public sealed class ProgramRunner
{
    /// <summary>How long a cancelled program may take to end after SIGTERM before it is killed.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="onOutputLine">Gets each non-empty line of its output, cut at <c>\n</c> and <c>\r</c>.</param>
    /// <param name="onErrorLine">The same for its standard error; may be called while the other one is.</param>
    /// <param name="cancellationToken">Ends the program: SIGTERM, and SIGKILL after the grace period.</param>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>: it is not installed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the program is gone by then.</exception>
    public Task<ProgramResult> RunAsync(
        ProgramCall call, Action<string>? onOutputLine, Action<string>? onErrorLine, CancellationToken cancellationToken) =>
        RunAsync(call, output => DrainAsync(output, onOutputLine ?? (_ => { })), onErrorLine, cancellationToken);

    /// <summary>Runs a program to its end, and keeps its output byte for byte.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="output">Gets all of its output.</param>
    /// <param name="cancellationToken">Ends the program: SIGTERM, and SIGKILL after the grace period.</param>
    /// <inheritdoc cref="RunAsync(ProgramCall, Action{string}, Action{string}, CancellationToken)" path="/exception"/>
    public Task<ProgramResult> RunAsync(ProgramCall call, Stream output, CancellationToken cancellationToken) =>
        RunAsync(call, stream => stream.CopyToAsync(output, CancellationToken.None), onErrorLine: null, cancellationToken);

    private async Task<ProgramResult> RunAsync(
        ProgramCall call, Func<Stream, Task> takeOutput, Action<string>? onErrorLine, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(StartInfo(call))
            ?? throw new InvalidOperationException($"{call.Program} did not start.");

        var tail = new ErrorTail();
        var output = takeOutput(process.StandardOutput.BaseStream);
        var error = DrainAsync(process.StandardError.BaseStream, line =>
        {
            tail.Add(line);
            onErrorLine?.Invoke(line);
        });
        var input = FeedAsync(process.StandardInput.BaseStream, call.WriteInput, cancellationToken);

        try
        {
            await WaitAsync(process, [output, error, input], cancellationToken);
        }
        catch
        {
            await StopAsync(process, Task.WhenAll(output, error));
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        return new ProgramResult(process.ExitCode, tail.ToString(), Stopwatch.GetElapsedTime(started));
    }

    private static ProcessStartInfo StartInfo(ProgramCall call)
    {
        var start = new ProcessStartInfo(ProgramPath.Find("setsid"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = call.WorkingDirectory ?? "",
        };
        start.ArgumentList.Add(ProgramPath.Find(call.Program));
        foreach (var argument in call.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in call.Environment) start.Environment[name] = value;
        return start;
    }

    private static async Task DrainAsync(Stream stream, Action<string> onLine)
    {
        var lines = new LineSplitter(onLine);
        var buffer = new byte[32 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, CancellationToken.None)) > 0)
            lines.Add(buffer.AsSpan(0, count));
        lines.Finish();
    }

    private static async Task FeedAsync(
        Stream stream, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken)
    {
        try
        {
            // Off the caller's thread: a writer that never awaits would hold up the reading, and both would wait.
            if (write is not null) await Task.Run(() => write(stream, cancellationToken), cancellationToken);
            await stream.DisposeAsync();
        }
        catch (IOException)
        {
            // EPIPE: the program has read all it wants, or has ended; its exit code says which.
        }
    }

    /// <summary>Waits for the end of the program, or for the first of our own sides that fails.</summary>
    private async Task WaitAsync(Process process, List<Task> sides, CancellationToken cancellationToken)
    {
        var exit = process.WaitForExitAsync(cancellationToken);
        var pending = new List<Task>(sides) { exit };
        while (!exit.IsCompleted)
        {
            var done = await Task.WhenAny(pending);
            pending.Remove(done);
            await done;
        }

        await exit;

        // A grandchild that outlives the program (ssh's shared connections) may hold the pipes open for ever.
        var rest = Task.WhenAll(sides);
        if (await Task.WhenAny(rest, Task.Delay(GracePeriod, cancellationToken)) == rest) await rest;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the program and all that it started.</summary>
    private async Task StopAsync(Process process, Task drained)
    {
        if (!process.HasExited) ProcessSignal.Terminate(process.Id);
        var gone = Task.WhenAll(process.WaitForExitAsync(CancellationToken.None), drained);
        if (await Task.WhenAny(gone, Task.Delay(GracePeriod)) == gone && process.HasExited) return;

        // A negative number means the whole session's process group.
        ProcessSignal.Kill(-process.Id);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
