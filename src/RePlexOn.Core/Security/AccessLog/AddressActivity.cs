using System.Globalization;

namespace RePlexOn.Security.AccessLog;

/// <summary>What one address has done of late, and why it is suspicious if it is.</summary>
/// <param name="address">The address.</param>
/// <param name="isLocal">Whether it is in a private network, or a trusted proxy.</param>
/// <param name="limits">How much is too much.</param>
internal sealed class AddressActivity(string address, bool isLocal, SuspicionLimits limits)
{
    private const int MostExamples = 5;
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    // The gravest first.
    private static readonly AccessReason[] Order =
    [
        AccessReason.Injection, AccessReason.Traversal, AccessReason.Scan, AccessReason.RefusedSignIn, AccessReason.Rate, AccessReason.ForgedForwarding,
    ];

    private readonly Dictionary<AccessReason, int> _marks = [];
    private readonly List<string> _examples = [];
    private SlidingCount? _refused;
    private SlidingCount? _scans;
    private SlidingCount? _rate;
    private DateTimeOffset? _letIn;
    private DateTimeOffset _first;
    private DateTimeOffset _last;

    /// <summary>The number under which the history holds what is told of it; 0 as long as there is nothing.</summary>
    public long Number { get; set; }

    /// <summary>Whether it is suspicious.</summary>
    public bool IsSuspicious { get; private set; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset LastHeard { get; private set; }

    /// <summary>All that is known, for another time.</summary>
    public ActivityState State
    {
        get => new()
        {
            Address = address, IsLocal = isLocal, Number = Number, IsSuspicious = IsSuspicious, LastHeard = LastHeard,
            LetIn = _letIn, First = _first, Last = _last, Marks = new(_marks), Examples = [.. _examples],
            Refused = _refused?.State, Scans = _scans?.State, Rate = _rate?.State,
        };
        init
        {
            (Number, IsSuspicious, LastHeard, _letIn, _first, _last) = (value.Number, value.IsSuspicious, value.LastHeard, value.LetIn, value.First, value.Last);
            _marks = new(value.Marks);
            _examples = [.. value.Examples];
            if (value.Refused is { } refused) _refused = new SlidingCount(limits.Window) { State = refused };
            if (value.Scans is { } scans) _scans = new SlidingCount(limits.Window) { State = scans };
            if (value.Rate is { } rate) _rate = new SlidingCount(RateWindow) { State = rate };
        }
    }

    /// <summary>What is told of it.</summary>
    public SuspiciousAccess Summary => new()
    {
        Address = address,
        Reasons = [.. Order.Where(_marks.ContainsKey)],
        Counts = Order.Where(_marks.ContainsKey).ToDictionary(reason => reason.ToString(), reason => _marks[reason]),
        Requests = _marks.Values.Sum(),
        FirstSeen = _first,
        LastSeen = _last,
        IsLocal = isLocal,
        Examples = [.. _examples],
    };

    /// <summary>Takes a request of this address. Returns whether that changes what is told of it.</summary>
    public bool Add(AccessEvent request)
    {
        if (request.Time > LastHeard) LastHeard = request.Time;
        if (request is { User: not null, Status: < 400 }) _letIn = request.Time;

        bool changed = request.Reason switch
        {
            AccessReason.Scan => Mark(AccessReason.Scan, request, (_scans ??= new SlidingCount(limits.Window)).Add(request.Time) >= limits.Scans),
            { } reason => Mark(reason, request, isEnough: true),
            null => false,
        };
        // A device at home whose sign-in has run out asks as often as it likes; it is no stranger.
        if (isLocal || request.User is not null || WasLetIn(request.Time)) return changed;

        if (AccessRules.IsRefused(request))
            changed |= Mark(AccessReason.RefusedSignIn, request, (_refused ??= new SlidingCount(limits.Window)).Add(request.Time) >= limits.Refused);
        if ((_rate ??= new SlidingCount(RateWindow)).Add(request.Time) >= limits.Rate)
            changed |= Mark(AccessReason.Rate, request, isEnough: true);
        return changed;
    }

    /// <summary>Whether nothing of it matters any more: what comes after is another visit.</summary>
    public bool IsOver(DateTimeOffset now) => IsSuspicious
        ? now - _last > limits.Silence
        : now - LastHeard > (limits.Trust > limits.Window ? limits.Trust : limits.Window);

    private bool WasLetIn(DateTimeOffset now) => _letIn is { } then && (now - then).Duration() <= limits.Trust;

    private bool Mark(AccessReason reason, AccessEvent request, bool isEnough)
    {
        // A stray refusal now and then is none the worse for coming again next week.
        if (!IsSuspicious && request.Time - _last > limits.Window) Forget();
        if (_marks.Count == 0) _first = request.Time;
        if (request.Time > _last) _last = request.Time;
        if (request.Time < _first) _first = request.Time;
        _marks[reason] = _marks.GetValueOrDefault(reason) + 1;
        AddExample(request);
        IsSuspicious |= isEnough;
        return IsSuspicious;
    }

    private void AddExample(AccessEvent request)
    {
        if (_examples.Count == MostExamples) return;
        string example = string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Url} {request.Status}").TrimEnd();
        if (!_examples.Contains(example)) _examples.Add(example);
    }

    private void Forget()
    {
        _marks.Clear();
        _examples.Clear();
        _last = default;
    }
}
