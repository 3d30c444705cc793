using System.CommandLine;
using System.Runtime.InteropServices;
using RePlexOn;
using RePlexOn.Cli;

Console.SetOut(new TolerantWriter(Console.Out, isErrors: false));
Console.SetError(new TolerantWriter(Console.Error, isErrors: true));

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

// A word such as @daily is a schedule, and no file to read arguments from.
ParseResult parsed = CommandTree.Build().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    // The parser's own ending would be 1, which here means that the work failed.
    foreach (string message in parsed.Errors.Select(error => error.Message)) Console.Error.WriteLine(message);
    Console.Error.WriteLine($"See `{CommandTree.NameOf(parsed)} --help`.");
    return (int)ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, stop.Token);
}
catch (RePlexOnException trouble)
{
    if (SharedOptions.AsksForJson(parsed)) Screen.WriteJson(Trouble.Of(trouble), CliJson.Default.Trouble);
    Screen.WriteTrouble(trouble);
    return (int)trouble.ExitCode;
}
catch (OperationCanceledException)
{
    return (int)ExitCode.Cancelled;
}

void Stop(PosixSignalContext signal)
{
    // The run ends by itself, with rsync and a truthful row in the history.
    signal.Cancel = true;
    stop.Cancel();
}
