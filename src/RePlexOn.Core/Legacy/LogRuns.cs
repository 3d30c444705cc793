using System.Globalization;
using System.Text.RegularExpressions;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Legacy;

/// <summary>Makes runs of the lines of a log, one after the other.</summary>
/// <param name="state">What is known of the lines before; it is brought up to date.</param>
/// <param name="dates">Reads the dates.</param>
/// <param name="onRun">Told each run once it is over.</param>
internal sealed class LogRuns(LogState state, LogDates dates, Action<BackupRun> onRun)
{
    /// <summary>A run that has not ended by then never will. A first backup can take more than a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>Markers whose date could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The first of them.</summary>
    public string? FirstUnreadable { get; private set; }

    /// <summary>Takes a line.</summary>
    public void Take(string line)
    {
        bool justBegan = state.JustBegan;
        state.JustBegan = false;
        if (line.Contains("=== ", StringComparison.Ordinal))
        {
            TakeMarkers(line);
            return;
        }

        switch (line.Length > 0 ? line[0] : ' ')
        {
            case 's' when LogLine.Sent(line) is { } bytes:
                OfCopy(run => run with { BytesSent = run.BytesSent + bytes });
                break;
            case 't' when LogLine.TotalSize(line) is { } bytes:
                OfCopy(run => run with { BytesTotal = bytes });
                break;
            case 'N' when LogLine.Statistics().Match(line) is { Success: true } statistics:
                OfCopy(run => WithStatistics(run, statistics));
                break;
            case 'r':
                OfCopy(run => run with { Trouble = run.Trouble ?? line });
                break;
            case 's' or 'H':
                Change(RunKind.Prune, run => run with { Trouble = run.Trouble ?? line });
                break;
            case 'R':
                TakeOwn(line, justBegan);
                break;
            case not ' ':
                TakeSnapshotLine(line);
                break;
        }
    }

    /// <summary>Ends the runs that nothing more will be heard of.</summary>
    /// <param name="silence">How long nothing has been written to the log.</param>
    public void GiveUp(TimeSpan silence)
    {
        foreach (OpenRun dead in state.Open.Where(run => IsHopeless(run, state, silence)).ToList()) Interrupt(dead);
    }

    /// <summary>Whether nothing more will be heard of a run.</summary>
    public static bool IsHopeless(OpenRun run, LogState state, TimeSpan silence) =>
        silence > Patience || run.StartedAt is not { } start || state.Newest - start > Patience;

    private void TakeMarkers(string line)
    {
        foreach (Match marker in LogLine.Backup().Matches(line))
        {
            RunKind kind = marker.Groups["what"].Value == "Plex Backup" ? RunKind.Mirror : RunKind.ConfigBackup;
            string text = marker.Groups["date"].Value.Trim();
            DateTimeOffset? moment = Moment(text, marker.Value);
            if (marker.Groups["begin"].Success) BeginAnew(kind, text, moment);
            else End(kind, text, moment, marker.Groups["good"].Success ? 0 : Number(marker.Groups["code"]));
        }

        foreach (Match marker in LogLine.CleanUp().Matches(line))
        {
            string text = marker.Groups["date"].Value.Trim();
            BeginAnew(RunKind.Prune, text, Moment(text, marker.Value));
        }
    }

    private void TakeSnapshotLine(string line)
    {
        if (line.StartsWith("Sunday", StringComparison.Ordinal))
        {
            Begin(RunKind.Snapshot, MirrorText, state.MirrorEndedAt ?? Newest(RunKind.Mirror)?.StartedAt);
        }
        else if (LogLine.SnapshotMade().Match(line) is { Success: true } made)
        {
            string name = made.Groups["name"].Value;
            if (Newest(RunKind.Snapshot) is null) Begin(RunKind.Snapshot, name, TimeOf(name) ?? state.MirrorEndedAt);
            Finish(RunKind.Snapshot, run => FinishedRun.SnapshotMade(run, name));
        }
        else if (LogLine.Failed().Match(line) is { Success: true } failed)
        {
            RunKind kind = failed.Groups["snapshot"].Success ? RunKind.Snapshot : RunKind.Prune;
            if (Newest(kind) is null) Begin(kind, MirrorText, state.MirrorEndedAt);
            Finish(kind, run => FinishedRun.Ended(run, run.StartedAt, Number(failed.Groups["code"])));
        }
        else if (line[0] == 'D')
        {
            Change(RunKind.Prune, run => run with { FilesDeleted = run.FilesDeleted + 1 });
        }
        else if (LogLine.NothingToClean().Match(line) is { Success: true } nothing)
        {
            Finish(RunKind.Prune, run => FinishedRun.NothingCleaned(run, Number(nothing.Groups["n"])));
        }
        else if (LogLine.CleanUpDone().Match(line) is { Success: true } done)
        {
            Finish(RunKind.Prune, run => FinishedRun.Cleaned(run, done.Groups["n"].Success ? Number(done.Groups["n"]) : null));
        }
    }

    private void TakeOwn(string line, bool justBegan)
    {
        if (LogLine.OwnRun().Match(line) is { Success: true } own)
        {
            string id = own.Groups["id"].Value;
            (state.Speaker, state.Said) = (justBegan ? null : id, null);
            if (justBegan) state.Open[^1] = state.Open[^1] with { Id = id, IsOwn = true };
        }
        else if (LogLine.OwnMessage().Match(line) is { Success: true } said)
        {
            state.Said = said.Groups["message"].Value;
        }
    }

    // Who spoke before this was killed.
    private void BeginAnew(RunKind kind, string text, DateTimeOffset? moment)
    {
        state.Speaker = state.Said = null;
        Begin(kind, text, moment);
    }

    private void Begin(RunKind kind, string text, DateTimeOffset? moment)
    {
        // A third one says that the first is gone; and a script cleans up, or makes its snapshot, once at a time.
        bool atOnce = kind is RunKind.Snapshot or RunKind.Prune;
        foreach (OpenRun dead in state.Open.Where(run => run.Kind == kind && (run.Overtaken || atOnce)).ToList()) Interrupt(dead);
        int before = state.Open.FindIndex(run => run.Kind == kind);
        if (before >= 0) state.Open[before] = state.Open[before] with { Overtaken = true };
        if (kind == RunKind.Mirror)
        {
            foreach (OpenRun dead in state.Open.Where(run => run.Kind == RunKind.Snapshot).ToList()) Interrupt(dead);
        }

        if (kind == RunKind.Mirror) state.MirrorEndedAt = null;
        state.Open.Add(new OpenRun { Kind = kind, Id = Name(kind, text), StartedAt = moment });
        state.JustBegan = true;
    }

    private void End(RunKind kind, string text, DateTimeOffset? moment, int code)
    {
        // A log that was cut at its front ends a run that it does not begin.
        if (Newest(kind) is null) state.Open.Add(new OpenRun { Kind = kind, Id = Name(kind, "end " + text), StartedAt = moment });
        if (kind == RunKind.Mirror) state.MirrorEndedAt = moment;
        Finish(kind, run => FinishedRun.Ended(run, moment, code), moment);
    }

    private void Finish(RunKind kind, Func<OpenRun, BackupRun> finish, DateTimeOffset? otherwiseAt = null)
    {
        if (Newest(kind) is not { } run) return;

        state.Open.Remove(run);
        if (state.Speaker is { } id) run = run with { Id = id, IsOwn = true, Message = state.Said };
        state.Speaker = state.Said = null;
        run = run with { StartedAt = run.StartedAt ?? otherwiseAt };
        if (run.StartedAt is not null) onRun(finish(run));
    }

    private void Interrupt(OpenRun run)
    {
        state.Open.Remove(run);
        if (run.StartedAt is not null) onRun(FinishedRun.Interrupted(run));
    }

    // A run of RePlexOn's own says beforehand that it is the one that ends.
    private OpenRun? Newest(RunKind kind) =>
        state.Open.Find(run => run.Kind == kind && run.Id == state.Speaker) ?? state.Open.FindLast(run => run.Kind == kind);

    // rsync's lines belong to the run that began last: a backup of the scripts is short, and can fall into a long mirror.
    private void OfCopy(Func<OpenRun, OpenRun> change) => Change(state.Open.FindLastIndex(run => run.Kind != RunKind.Prune), change);

    private void Change(RunKind kind, Func<OpenRun, OpenRun> change) => Change(state.Open.FindLastIndex(run => run.Kind == kind), change);

    private void Change(int index, Func<OpenRun, OpenRun> change)
    {
        if (index >= 0) state.Open[index] = change(state.Open[index]);
    }

    private static OpenRun WithStatistics(OpenRun run, Match statistics)
    {
        string shown = statistics.Groups["reg"].Success ? statistics.Groups["reg"].Value : statistics.Groups["n"].Value;
        long count = RsyncFigure.Read(shown) ?? 0;
        return statistics.Groups["what"].Value switch
        {
            "files" => run with { FilesTotal = count },
            "deleted files" => run with { FilesDeleted = count },
            _ => run with { FilesSent = count },
        };
    }

    private DateTimeOffset? Moment(string text, string marker)
    {
        DateTimeOffset? moment = dates.Read(text);
        if (moment is null && Unreadable++ == 0) FirstUnreadable = marker;
        if (moment > state.Newest || state.Newest is null) state.Newest = moment;
        return moment;
    }

    private DateTimeOffset? TimeOf(string name) => SnapshotName.TryParse(name, out SnapshotName? snapshot) ? dates.AtHome(snapshot.LocalTime) : null;

    private string MirrorText => state.Names.TryGetValue(nameof(RunKind.Mirror), out LogState.NamedRun? mirror) ? $"{mirror.Text} {mirror.Count}" : "";

    private string Name(RunKind kind, string text)
    {
        string name = kind.ToString();
        int count = state.Names.TryGetValue(name, out LogState.NamedRun? last) && last.Text == text ? last.Count + 1 : 1;
        state.Names[name] = new LogState.NamedRun(text, count);
        return ImportedId.Of("log", name, text, count.ToString(CultureInfo.InvariantCulture));
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
}
