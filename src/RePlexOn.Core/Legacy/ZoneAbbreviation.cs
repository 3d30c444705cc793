using System.Runtime.InteropServices;

namespace RePlexOn.Legacy;

/// <summary>The short name of the local zone, such as <c>EST</c>, which .NET does not know and the C library does.</summary>
internal static partial class ZoneAbbreviation
{
    /// <summary>The name at a moment; null where the C library is of another mind about the offset from UTC.</summary>
    public static string? At(DateTimeOffset moment)
    {
        nint seconds = (nint)moment.ToUnixTimeSeconds();
        return localtime_r(in seconds, out BrokenTime time) != 0 && time.OffsetSeconds == (nint)moment.Offset.TotalSeconds
            ? Marshal.PtrToStringUTF8(time.Zone) : null;
    }

    [LibraryImport("libc")]
    private static partial nint localtime_r(in nint seconds, out BrokenTime time);

    /// <summary><c>struct tm</c>, of glibc and of musl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BrokenTime
    {
        public int Second, Minute, Hour, Day, Month, Year, WeekDay, YearDay, IsSummer;
        public nint OffsetSeconds;
        public nint Zone;
    }
}
