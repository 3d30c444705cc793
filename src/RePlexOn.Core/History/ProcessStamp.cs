using System.Globalization;

namespace RePlexOn.History;

/// <summary>
/// One process, told apart from all others on this machine: its number alone is given anew after it ends,
/// and after a restart of the machine.
/// </summary>
/// <param name="Id">Process number.</param>
/// <param name="StartTicks">When it started, in clock ticks since the machine did (<c>/proc/PID/stat</c>, field 22).</param>
/// <param name="BootId">The machine's start it belongs to (<c>/proc/sys/kernel/random/boot_id</c>).</param>
/// <remarks>Numbers count inside a PID namespace: from inside a container, processes outside of it look dead.</remarks>
public sealed record ProcessStamp(int Id, long StartTicks, string BootId)
{
    private const int StartTimeField = 22;

    /// <summary>The process this code runs in.</summary>
    /// <exception cref="InvalidOperationException"><c>/proc</c> is not mounted.</exception>
    public static ProcessStamp Current() =>
        Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not mounted.");

    /// <summary>Whether exactly this process still runs. A zombie does not.</summary>
    public bool IsAlive() => Of(Id) == this;

    /// <summary>Whether it belongs to an earlier start of the machine.</summary>
    internal bool IsFromEarlierBoot() => BootId != CurrentBootId();

    /// <summary>The living process of that number; null if there is none.</summary>
    internal static ProcessStamp? Of(int id)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        }
        // A process that ends between open and read gives ESRCH, an IOException.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // Field 2 is the program's name in parentheses and may hold blanks and parentheses itself;
        // the last parenthesis ends it, and field 3, the state, follows.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X"
            ? null
            : new ProcessStamp(id, long.Parse(fields[StartTimeField - 3], CultureInfo.InvariantCulture), CurrentBootId());
    }

    private static string CurrentBootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
