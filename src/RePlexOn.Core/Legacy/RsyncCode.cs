using System.Globalization;

namespace RePlexOn.Legacy;

/// <summary>What the exit codes of rsync mean, which the first system logged as numbers.</summary>
internal static class RsyncCode
{
    /// <summary>Files vanished while it ran, as they do on a live server; all others were copied.</summary>
    public const int Vanished = 24;

    /// <summary>Stopped by a signal or a person.</summary>
    public const int Stopped = 20;

    /// <summary>How a run of ours would have ended.</summary>
    public static ExitCode ToExitCode(int code) => code switch
    {
        5 => ExitCode.Refused,
        10 or 30 or 35 or 255 => ExitCode.TargetUnreachable,
        Stopped => ExitCode.Cancelled,
        Vanished => ExitCode.Incomplete,
        _ => ExitCode.Failed,
    };

    /// <summary>The code, with what it means where that is known.</summary>
    public static string Describe(int code)
    {
        string? meaning = code switch
        {
            1 => "rsync could not make sense of what it was told, or the password file was not private",
            3 => "a file or folder could not be chosen",
            5 => "the rsync daemon refused: user, password or module",
            10 => "the connection could not be made, or was lost",
            11 => "files could not be read or written; a full disk ends so",
            12 => "the connection broke in the middle",
            14 => "rsync could not start its other half",
            Stopped => "it was stopped by a signal",
            22 => "memory ran out",
            23 => "some files could not be copied, or the source was not there",
            Vanished => "files vanished while it ran",
            25 => "more was to be deleted than was allowed",
            30 => "the target fell silent",
            35 => "the target did not answer",
            127 => "rsync was not found",
            137 => "it was killed",
            255 => "ssh could not connect",
            _ => null,
        };
        string number = code.ToString(CultureInfo.InvariantCulture);
        return meaning is null ? $"code {number}" : $"code {number}: {meaning}";
    }
}
