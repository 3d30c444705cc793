using System.Buffers.Text;

namespace RePlexOn.Security.AccessLog;

/// <summary>
/// Reads lines such as <c>… DEBUG - Request: [192.168.1.2:18113 (Subnet)] GET /hubs (2 live) #1f TLS Token (me)</c> and
/// <c>… DEBUG - Completed: [192.168.1.2:18113] 200 GET /hubs (2 live) #1f TLS 3ms 436 bytes</c>.
/// </summary>
internal static class AccessLineParser
{
    private const int LongestPeer = 64;
    private const int LongestMethod = 32;

    private static ReadOnlySpan<byte> ForwardedMark => " / X-Forwarded-For => "u8;

    /// <summary>Reads a line without its end; false for any line of another kind.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out AccessLine access)
    {
        access = default;
        // Cheap before dear: nine lines of ten are of another kind.
        if (!TrySkipHead(line, out ReadOnlySpan<byte> rest)) return false;
        if (rest.StartsWith("Completed: ["u8)) access.IsCompleted = true;
        else if (!rest.StartsWith("Request: ["u8)) return false;
        rest = rest[(access.IsCompleted ? "Completed: [" : "Request: [").Length..];

        if (!LogTime.TryRead(line, out access.Time)) return false;
        int peer = ReadPeer(rest, ref access);
        if (peer < 0) return false;
        rest = rest[peer..];
        int verb = ReadVerb(rest, ref access);
        return verb >= 0 && TryReadUrl(rest[verb..], ref access);
    }

    /// <summary>Skips <c>Feb 06, 2026 12:48:39.813 [136529439558456] DEBUG - </c>.</summary>
    private static bool TrySkipHead(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (line.Length < LogTime.Length + 12 || line[LogTime.Length] != ' ' || line[LogTime.Length + 1] != '[') return false;
        line = line[(LogTime.Length + 2)..];
        int thread = line.IndexOf((byte)']');
        if (thread is < 1 or > 20 || !line[thread..].StartsWith("] "u8)) return false;
        line = line[(thread + 2)..];
        int level = line.IndexOf((byte)' ');
        if (level is < 1 or > 8) return false;
        line = line[(level + 1)..];
        // The web viewer shows a dash where the file has a hyphen.
        if (line.StartsWith("- "u8)) rest = line[2..];
        else if (line.StartsWith("\u2014 "u8)) rest = line[4..];
        return !rest.IsEmpty;
    }

    /// <summary>
    /// Reads <c>192.168.1.2:18113 (Subnet)] </c>, <c>[::1]:13253 (Loopback)] </c>, or the same without a network. Returns its
    /// length, or -1 where it is none.
    /// </summary>
    private static int ReadPeer(ReadOnlySpan<byte> text, ref AccessLine access)
    {
        bool bracketed = text.StartsWith("["u8);
        int start = bracketed ? 1 : 0;
        int length = bracketed ? text[start..].IndexOf("]:"u8) : text.IndexOf((byte)':');
        if (length is < 1 or > LongestPeer) return -1;
        access.Peer = text.Slice(start, length);

        int at = start + length + (bracketed ? 2 : 1);
        if (!Utf8Parser.TryParse(text[at..], out access.Port, out int digits) || access.Port is < 0 or > 65535) return -1;
        at += digits;
        if (!access.IsCompleted && text[at..].StartsWith(" ("u8))
        {
            int close = text[at..].IndexOf(")] "u8);
            if (close < 2) return -1;
            access.Network = text.Slice(at + 2, close - 2);
            at += close + 1;
        }

        return text[at..].StartsWith("] "u8) ? at + 2 : -1;
    }

    /// <summary>Reads <c>200 GET </c>, or <c>GET </c> for a request. Returns its length, or -1 where it is none.</summary>
    private static int ReadVerb(ReadOnlySpan<byte> text, ref AccessLine access)
    {
        int at = 0;
        if (access.IsCompleted)
        {
            if (!Utf8Parser.TryParse(text, out access.Status, out int digits) || digits != 3 || access.Status < 0 || !text[3..].StartsWith(" "u8)) return -1;
            at = 4;
        }

        int length = text[at..].IndexOf((byte)' ');
        if (length is < 1 or > LongestMethod) return -1;
        access.Method = text.Slice(at, length);
        return at + length + 1;
    }

    /// <summary>
    /// Reads the URL and what follows <c>(2 live)</c>. Where a client has put such a text into its URL or a header, the
    /// URL is taken to reach to the last one, so that nothing of it goes unseen, and what follows counts for nothing.
    /// </summary>
    private static bool TryReadUrl(ReadOnlySpan<byte> rest, ref AccessLine access)
    {
        access.Milliseconds = access.Bytes = -1;
        int first = rest.IndexOf(" live)"u8);
        int last = rest.LastIndexOf(" live)"u8);
        int open = last < 0 ? -1 : rest[..last].LastIndexOf(" ("u8);
        if (open < 1)
        {
            // Cut off, or of a form not known yet: the URL ends where the line does.
            int space = rest.IndexOf((byte)' ');
            access.Url = space < 0 ? rest : rest[..space];
            return !access.Url.IsEmpty;
        }

        access.Url = rest[..open];
        ReadFrom(rest, ref access);
        if (first == last) ReadTail(rest[(last + " live)".Length)..], ref access);
        return true;
    }

    private static void ReadFrom(ReadOnlySpan<byte> rest, ref AccessLine access)
    {
        int mark = rest.IndexOf(ForwardedMark);
        if (access.IsCompleted || mark < 0) return;
        ReadOnlySpan<byte> value = rest[(mark + ForwardedMark.Length)..];
        access.IsForwardedDoubtful = mark < access.Url.Length || value.IndexOf(ForwardedMark) >= 0;
        int end = value.IndexOf(" / "u8);
        access.Forwarded = end < 0 ? value : value[..end];
    }

    private static void ReadTail(ReadOnlySpan<byte> tail, ref AccessLine access)
    {
        // Headers come after " / ", and are the client's.
        int headers = tail.IndexOf(" / "u8);
        if (headers >= 0) tail = tail[..headers];
        if (tail.StartsWith(" #"u8))
        {
            ReadOnlySpan<byte> id = tail[2..];
            int end = id.IndexOf((byte)' ');
            access.Id = end < 0 ? id : id[..end];
        }

        if (access.IsCompleted)
        {
            access.Milliseconds = NumberBefore(tail, "ms "u8);
            access.Bytes = NumberBefore(tail, " bytes"u8);
            return;
        }

        int token = tail.IndexOf(" Token ("u8);
        if (token < 0) return;
        ReadOnlySpan<byte> user = tail[(token + " Token (".Length)..];
        int close = user.IndexOf((byte)')');
        if (close > 0) access.User = user[..close];
    }

    private static long NumberBefore(ReadOnlySpan<byte> text, ReadOnlySpan<byte> unit)
    {
        int end = text.IndexOf(unit);
        if (end < 1) return -1;
        int start = text[..end].LastIndexOf((byte)' ') + 1;
        return Utf8Parser.TryParse(text[start..end], out long number, out int used) && used == end - start ? number : -1;
    }
}
