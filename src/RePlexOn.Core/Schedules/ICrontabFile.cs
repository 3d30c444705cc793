namespace RePlexOn.Schedules;

/// <summary>A crontab that can be read and replaced as a whole.</summary>
internal interface ICrontabFile
{
    /// <summary>What it is written for.</summary>
    SchedulePlace Place { get; }

    /// <summary>As a message names it.</summary>
    string Name { get; }

    /// <summary>What stands in the user's column; null where there is none.</summary>
    string? User { get; }

    /// <summary>The whole content; empty where there is none yet.</summary>
    Task<byte[]> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the content; an empty one leaves no crontab behind.</summary>
    Task WriteAsync(byte[] content, CancellationToken cancellationToken);
}
