using RePlexOn.Configuration;

namespace RePlexOn.Security.AccessLog;

/// <summary>From the lines of a log to requests.</summary>
internal sealed class AccessPipeline
{
    private readonly RequestPairing _pairing;
    private readonly Action<AccessEvent> _onRequest;

    /// <param name="settings">Whom to trust, and whom to leave alone.</param>
    /// <param name="zone">The zone of the log's times.</param>
    /// <param name="onRequest">Gets each request that is over.</param>
    /// <exception cref="RePlexOnException"><c>AddressInvalid</c>.</exception>
    public AccessPipeline(AccessSettings settings, TimeZoneInfo zone, Action<AccessEvent> onRequest)
    {
        var addresses = new AddressBook(
            AddressRanges.Parse("access.trustedProxies", settings.TrustedProxies), AddressRanges.Parse("access.ignore", settings.Ignore));
        _pairing = new RequestPairing(addresses, zone);
        _onRequest = onRequest;
    }

    /// <summary>Lines met.</summary>
    public long Lines { get; private set; }

    /// <summary>Those of requests and answers among them.</summary>
    public long AccessLines { get; private set; }

    /// <summary>Requests that wait for their answer, to be gone on with another time.</summary>
    public IReadOnlyDictionary<string, PendingRequest> Pending => _pairing.Pending;

    /// <summary>Goes on where another one stopped.</summary>
    public void Restore(IReadOnlyDictionary<string, PendingRequest> pending) => _pairing.Restore(pending);

    /// <summary>Takes the next line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        Lines++;
        if (!AccessLineParser.TryRead(line, out AccessLine access)) return;
        AccessLines++;
        if (_pairing.Add(access) is { } request) _onRequest(request);
    }

    /// <summary>Gives on what was never answered.</summary>
    public void Finish()
    {
        foreach (AccessEvent request in _pairing.TakePending()) _onRequest(request);
    }
}
