namespace RePlexOn.Security.AccessLog;

/// <summary>Finds who does what no client of Plex does, from requests one after the other.</summary>
/// <param name="limits">How much is too much.</param>
internal sealed class SuspicionDetector(SuspicionLimits limits)
{
    // Who sends from more addresses than this within an hour pushes out the ones longest silent.
    private const int MostAddresses = 20_000;

    private readonly Dictionary<string, AddressActivity> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<AddressActivity> _changed = [];
    private readonly List<AddressActivity> _ended = [];
    private DateTimeOffset _now;

    /// <summary>What is known of addresses that still matter, for another time.</summary>
    public IEnumerable<ActivityState> State => _addresses.Values.Where(one => !one.IsOver(_now)).Select(one => one.State);

    /// <summary>All that are suspicious, who came first first.</summary>
    public IEnumerable<SuspiciousAccess> Suspicious =>
        _ended.Concat(_addresses.Values).Where(one => one.IsSuspicious).Select(one => one.Summary).OrderBy(one => one.FirstSeen);

    /// <summary>Goes on where another one stopped.</summary>
    public void Restore(IEnumerable<ActivityState> states)
    {
        foreach (ActivityState state in states)
        {
            _addresses[state.Address] = new AddressActivity(state.Address, state.IsLocal, limits) { State = state };
            if (state.LastHeard > _now) _now = state.LastHeard;
        }
    }

    /// <summary>Takes the next request.</summary>
    public void Add(AccessEvent request)
    {
        if (!_addresses.TryGetValue(request.Address, out AddressActivity? activity) || (activity.IsSuspicious && activity.IsOver(request.Time)))
        {
            if (activity is not null) _ended.Add(activity);
            else if (_addresses.Count >= MostAddresses) MakeRoom();
            _addresses[request.Address] = activity = new AddressActivity(request.Address, request.IsLocal, limits);
        }

        if (request.Time > _now) _now = request.Time;
        if (activity.Add(request)) _changed.Add(activity);
    }

    /// <summary>Who became suspicious, or did more of it, since the last call.</summary>
    public IReadOnlyList<AddressActivity> TakeChanged()
    {
        AddressActivity[] changed = [.. _changed];
        _changed.Clear();
        _ended.Clear();
        return changed;
    }

    private void MakeRoom()
    {
        foreach ((string address, AddressActivity _) in _addresses.Where(one => !one.Value.IsSuspicious).OrderBy(one => one.Value.LastHeard).Take(MostAddresses / 4).ToList())
            _addresses.Remove(address);
        if (_addresses.Count < MostAddresses) return;
        foreach ((string address, AddressActivity _) in _addresses.OrderBy(one => one.Value.LastHeard).Take(MostAddresses / 4).ToList())
            _addresses.Remove(address);
    }
}
