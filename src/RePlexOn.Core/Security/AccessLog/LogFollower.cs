namespace RePlexOn.Security.AccessLog;

/// <summary>
/// Reads the server's log and those rotated away from it, each line once: what was read is remembered for each file, and a
/// file is known again by how it begins. So a renamed log is gone on with where it was left, and one that was emptied, or
/// copied away and emptied, begins anew.
/// </summary>
/// <param name="path">The log that is being written.</param>
internal sealed class LogFollower(string path)
{
    private readonly LogLines _lines = new();

    /// <summary>The log that is being written.</summary>
    public string Path { get; } = path;

    /// <summary>How far each file was read.</summary>
    public IReadOnlyList<LogMark> Marks { get; private set; } = [];

    /// <summary>Whether the newest file known was gone in the last call, so that lines may have been lost.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Goes on where another one stopped.</summary>
    public void Restore(IReadOnlyList<LogMark> marks) => Marks = marks;

    /// <summary>Reads what is new, the oldest first.</summary>
    /// <returns>How many bytes that was.</returns>
    /// <exception cref="RePlexOnException"><c>PlexLogMissing</c>, <c>PlexLogUnreadable</c>.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing of this call counts as read.</exception>
    public long ReadNew(LineTaker onLine, CancellationToken cancellationToken)
    {
        List<OpenLog> logs = OpenAll();
        try
        {
            if (logs.Count == 0) throw PlexLogs.Missing(Path);
            var marks = new List<LogMark>();
            HasGap = Marks.Count > 0 && !logs.Exists(log => log.Matches(Marks[0]));
            long read = 0;
            for (int i = logs.Count - 1; i >= 0; i--)
            {
                OpenLog log = logs[i];
                long from = Find(log)?.Offset ?? 0;
                long to = from < log.Length ? _lines.Read(log, from, isFinished: i > 0, onLine, cancellationToken) : from;
                read += to - from;
                // The newest stands first.
                marks.Insert(0, log.MarkAt(to));
            }

            Marks = marks;
            return read;
        }
        finally
        {
            logs.ForEach(log => log.Dispose());
        }
    }

    /// <summary>Whether the log has grown, or is another one, since the last call of <see cref="ReadNew"/>; it costs next to nothing.</summary>
    public bool HasNews()
    {
        using OpenLog? log = OpenLog.Open(Path);
        return log is not null && (Marks is not [var newest, ..] || log.Inode != newest.Inode || log.Length != newest.Offset);
    }

    /// <summary>
    /// The newest first: a log that is renamed meanwhile is met again under its next name, and passed over then; in the
    /// other order it would not be met at all.
    /// </summary>
    private List<OpenLog> OpenAll()
    {
        var logs = new List<OpenLog>();
        try
        {
            foreach (string name in PlexLogs.WithRotated(Path))
            {
                if (OpenLog.Open(name) is not { } log) continue;
                if (logs.Exists(other => other.Inode == log.Inode)) log.Dispose();
                else logs.Add(log);
            }

            return logs;
        }
        catch
        {
            logs.ForEach(log => log.Dispose());
            throw;
        }
    }

    private LogMark? Find(OpenLog log)
    {
        LogMark[] same = [.. Marks.Where(log.Matches)];
        // A file of which nothing was read yet begins like any other.
        return Array.Find(same, mark => mark.Inode == log.Inode && mark.HeadLength > 0) ?? Array.Find(same, mark => mark.HeadLength > 0);
    }
}
