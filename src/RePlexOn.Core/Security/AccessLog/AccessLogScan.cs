using RePlexOn.Configuration;

namespace RePlexOn.Security.AccessLog;

/// <summary>Looks at the server's log as it is now, or at other logs, and remembers nothing.</summary>
/// <param name="time">Its zone is the machine's.</param>
public sealed class AccessLogScan(TimeProvider time)
{
    /// <summary>Requests, by the time of their answers; a log at a time is held in memory.</summary>
    /// <param name="configuration">Where the server is, and whom it trusts.</param>
    /// <param name="query">Which requests.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>PlexLogMissing</c>, <c>PlexLogUnreadable</c>, <c>AddressInvalid</c>, or the Plex data directory is not found.
    /// </exception>
    public IEnumerable<AccessEvent> ReadEvents(RePlexOnConfiguration configuration, AccessQuery query, CancellationToken cancellationToken)
    {
        if (query.Last is { } last) ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(query));
        IEnumerable<AccessEvent> events = Read(configuration, query, cancellationToken);
        return query.Last is { } count ? events.TakeLast(count) : events;
    }

    /// <summary>Who did what no client of Plex does, by all that is in the logs.</summary>
    /// <inheritdoc cref="ReadEvents" path="/param"/>
    /// <inheritdoc cref="ReadEvents" path="/exception"/>
    public AccessLogReport FindSuspicious(RePlexOnConfiguration configuration, AccessQuery query, CancellationToken cancellationToken)
    {
        var detector = new SuspicionDetector(new SuspicionLimits());
        (string[] paths, TimeZoneInfo zone) = Logs(configuration, query);
        var pipeline = new AccessPipeline(configuration.Access, zone, request =>
        {
            if (query.Matches(request)) detector.Add(request);
        });
        var lines = new LogLines();
        long bytes = paths.Sum(path => Read(path, lines, pipeline, cancellationToken));
        pipeline.Finish();
        return new AccessLogReport(pipeline.Lines, pipeline.AccessLines, bytes, [.. detector.Suspicious]);
    }

    private IEnumerable<AccessEvent> Read(RePlexOnConfiguration configuration, AccessQuery query, CancellationToken cancellationToken)
    {
        var met = new List<AccessEvent>();
        (string[] paths, TimeZoneInfo zone) = Logs(configuration, query);
        var pipeline = new AccessPipeline(configuration.Access, zone, request =>
        {
            if (query.Matches(request)) met.Add(request);
        });
        var lines = new LogLines();
        foreach (string path in paths)
        {
            Read(path, lines, pipeline, cancellationToken);
            foreach (AccessEvent request in met) yield return request;
            met.Clear();
        }

        pipeline.Finish();
        foreach (AccessEvent request in met) yield return request;
    }

    private (string[] Paths, TimeZoneInfo Zone) Logs(RePlexOnConfiguration configuration, AccessQuery query)
    {
        if (query.Paths is [var first, ..])
        {
            string? missing = query.Paths.FirstOrDefault(path => !File.Exists(path));
            return missing is null ? ([.. query.Paths], LogZone.Find(first, time.LocalTimeZone)) : throw PlexLogs.Missing(missing);
        }

        string current = PlexLogs.Find(configuration);
        return ([.. PlexLogs.WithRotated(current).Where(File.Exists).Reverse()], LogZone.Find(current, time.LocalTimeZone));
    }

    private static long Read(string path, LogLines lines, AccessPipeline pipeline, CancellationToken cancellationToken)
    {
        using OpenLog? log = OpenLog.Open(path);
        return log is null ? 0 : lines.Read(log, 0, isFinished: true, pipeline.Add, cancellationToken);
    }
}
