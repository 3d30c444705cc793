using RePlexOn.Configuration;

namespace RePlexOn.Security.AccessLog;

/// <summary>A log that is followed, with all that is remembered of it.</summary>
internal sealed class AccessWatchSession
{
    private readonly string _path;
    private readonly AccessStore _store;
    private readonly LogFollower _follower;
    private readonly SuspicionDetector _detector = new(new SuspicionLimits());
    private readonly AccessPipeline _pipeline;
    private readonly HashSet<AddressActivity> _changed = [];
    private bool _isBegun;

    /// <param name="path">The log.</param>
    /// <param name="settings">Whom to trust.</param>
    /// <param name="zone">The zone of the log's times.</param>
    /// <param name="store">Where it is remembered.</param>
    public AccessWatchSession(string path, AccessSettings settings, TimeZoneInfo zone, AccessStore store)
    {
        _path = path;
        _store = store;
        _follower = new LogFollower(path);
        _pipeline = new AccessPipeline(settings, zone, _detector.Add);
        AccessLogState state = store.Load(path);
        _follower.Restore(state.Marks);
        _pipeline.Restore(state.Pending);
        _detector.Restore(state.Activities);
    }

    /// <summary>Whether there is something to read.</summary>
    public bool HasNews => !_isBegun || _follower.HasNews();

    /// <summary>Whether something was read that is not kept yet.</summary>
    public bool IsUnsaved { get; private set; }

    /// <summary>Whether there is something in it to tell.</summary>
    public bool HasFound => _changed.Count > 0;

    /// <summary>How far it is.</summary>
    public AccessWatchProgress Progress => new(_pipeline.Lines, _pipeline.AccessLines, _follower.HasGap);

    /// <summary>Reads what is new. Where it is stopped in the midst, the session is of no more use: what is kept is whole.</summary>
    public void Read(CancellationToken cancellationToken)
    {
        IsUnsaved |= _follower.ReadNew(_pipeline.Add, cancellationToken) > 0 || !_isBegun;
        _isBegun = true;
        _changed.UnionWith(_detector.TakeChanged());
    }

    /// <summary>Keeps what was read and found.</summary>
    /// <returns>Who is suspicious for the first time.</returns>
    public IReadOnlyList<SuspiciousAccess> Save()
    {
        AddressActivity[] changed = [.. _changed];
        AddressActivity[] added = [.. changed.Where(one => one.Number == 0)];
        _store.Save(_path, changed, () => new AccessLogState
        {
            Marks = _follower.Marks,
            Pending = _pipeline.Pending,
            Activities = [.. _detector.State],
        });
        _changed.Clear();
        IsUnsaved = false;
        return [.. added.Select(one => one.Summary)];
    }
}
