namespace RePlexOn.Security.AccessLog;

/// <summary>
/// A <c>Request</c> or <c>Completed</c> line of the server's log, cut into its parts. All before the URL is written by the
/// server alone; the URL and what follows it hold text that the client chose.
/// </summary>
internal ref struct AccessLine
{
    /// <summary>Whether the request was answered; else it has just come in.</summary>
    public bool IsCompleted;

    /// <summary>Local time of the server.</summary>
    public DateTime Time;

    /// <summary>Whom the server talks to, without brackets.</summary>
    public ReadOnlySpan<byte> Peer;

    public int Port;

    /// <summary>What the server calls the network; empty in a completed line.</summary>
    public ReadOnlySpan<byte> Network;

    /// <summary>HTTP status; 0 in a request line.</summary>
    public int Status;

    public ReadOnlySpan<byte> Method;

    public ReadOnlySpan<byte> Url;

    /// <summary>Number that request and answer share; empty in old logs, and where the client's text makes it doubtful.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>The user whom the token names; empty for none.</summary>
    public ReadOnlySpan<byte> User;

    /// <summary>What the header X-Forwarded-For says; empty for none.</summary>
    public ReadOnlySpan<byte> Forwarded;

    /// <summary>Whether there is more than one that could be it, so that a client has made one up.</summary>
    public bool IsForwardedDoubtful;

    /// <summary>Milliseconds until the answer; -1 where unknown.</summary>
    public long Milliseconds;

    /// <summary>Bytes of the answer; -1 where unknown.</summary>
    public long Bytes;
}
