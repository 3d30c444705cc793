using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Security.AccessLog;

/// <summary>Joins the line of a request and that of its answer, which bears neither user nor network.</summary>
/// <param name="addresses">What is known of addresses.</param>
/// <param name="zone">The zone of the log's times.</param>
internal sealed class RequestPairing(AddressBook addresses, TimeZoneInfo zone)
{
    // Open connections are some dozens; whatever is beyond that was never answered, or its answer is lost.
    private const int MostPending = 4096;

    private readonly Dictionary<string, PendingRequest> _pending = new(StringComparer.Ordinal);
    private readonly StringBuilder _key = new();
    private long _order;

    /// <summary>Requests that wait for their answer, by key, to be gone on with another time.</summary>
    public IReadOnlyDictionary<string, PendingRequest> Pending => _pending;

    /// <summary>Goes on where another one stopped.</summary>
    public void Restore(IReadOnlyDictionary<string, PendingRequest> pending)
    {
        foreach ((string key, PendingRequest request) in pending.OrderBy(one => one.Value.Order))
            _pending[key] = request with { Order = ++_order };
    }

    /// <summary>Takes the next line. Returns a request that is over with it; null for one that is not.</summary>
    public AccessEvent? Add(in AccessLine line)
    {
        if (addresses.Find(line.Peer) is not { } peer) return null;

        string key = KeyOf(line);
        if (line.IsCompleted)
        {
            _pending.Remove(key, out PendingRequest? request);
            return Complete(line, peer, request);
        }

        // The same key again: the answer to the first one is not in the log.
        _pending.Remove(key, out PendingRequest? unanswered);
        _pending[key] = Open(line, peer);
        if (_pending.Count > MostPending) unanswered ??= TakeOldest();
        return unanswered is null ? null : Judge(unanswered.Event, unanswered.IsForged);
    }

    /// <summary>Gives up all that are not answered, the oldest first.</summary>
    public IEnumerable<AccessEvent> TakePending()
    {
        PendingRequest[] left = [.. _pending.Values.OrderBy(one => one.Order)];
        _pending.Clear();
        return left.Select(one => Judge(one.Event, one.IsForged));
    }

    private PendingRequest Open(in AccessLine line, KnownAddress peer)
    {
        // Only a proxy that the user trusts can say who is behind it; anybody can write such a header.
        KnownAddress? behind = peer.IsProxy && !line.IsForwardedDoubtful ? addresses.FindForwarded(line.Forwarded) : null;
        KnownAddress client = behind ?? peer;
        return new PendingRequest(
            new AccessEvent
            {
                Time = ToMoment(line.Time),
                Address = client.Text,
                Peer = peer.Text,
                Port = line.Port,
                Network = UrlText.OneLine(line.Network),
                IsLocal = client.IsLocal || client.IsProxy || client.IsIgnored,
                Method = UrlText.OneLine(line.Method),
                Url = UrlText.Show(line.Url),
                User = line.User.IsEmpty ? null : UrlText.OneLine(line.User),
            },
            ++_order,
            peer.IsProxy && line.IsForwardedDoubtful);
    }

    private AccessEvent Complete(in AccessLine line, KnownAddress peer, PendingRequest? request)
    {
        AccessEvent whole = request?.Event ?? new AccessEvent
        {
            Time = ToMoment(line.Time),
            Address = peer.Text,
            Peer = peer.Text,
            Port = line.Port,
            IsLocal = peer.IsLocal || peer.IsProxy || peer.IsIgnored,
            Method = UrlText.OneLine(line.Method),
            Url = UrlText.Show(line.Url),
        };
        whole = whole with
        {
            Status = line.Status,
            Duration = line.Milliseconds < 0 ? null : TimeSpan.FromMilliseconds(line.Milliseconds),
            Bytes = line.Bytes < 0 ? null : line.Bytes,
        };
        return Judge(whole, request?.IsForged == true);
    }

    private static AccessEvent Judge(AccessEvent request, bool isForged)
    {
        AccessReason? reason = isForged ? AccessReason.ForgedForwarding : AccessRules.Judge(request);
        return reason is null ? request : request with { Reason = reason };
    }

    private PendingRequest TakeOldest()
    {
        (string key, PendingRequest oldest) = _pending.MinBy(one => one.Value.Order);
        _pending.Remove(key);
        return oldest;
    }

    private string KeyOf(in AccessLine line)
    {
        _key.Clear();
        foreach (byte one in line.Peer) _key.Append((char)one);
        _key.Append(' ').Append(line.Port).Append(' ');
        // Before about 2023 there was no number; method and URL stand in, in a short form.
        if (line.Id.IsEmpty) _key.Append(UrlText.OneLine(line.Method)).Append(' ').Append(UrlHash(line.Url));
        else foreach (byte one in line.Id) _key.Append((char)one);
        return _key.ToString();
    }

    private static string UrlHash(ReadOnlySpan<byte> url) => Convert.ToHexStringLower(SHA256.HashData(url).AsSpan(0, 8));

    private DateTimeOffset ToMoment(DateTime local) => new(local, zone.GetUtcOffset(local));
}
