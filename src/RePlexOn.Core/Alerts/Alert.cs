using System.Text.Json.Serialization;

namespace RePlexOn.Alerts;

/// <summary>Something that a person should know who is not looking. Texts may hold names of files: nothing in them is trusted.</summary>
public sealed record Alert
{
    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>The thing that is in trouble, short and always written the same: <c>Mirror</c>, <c>Access</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>
    /// Short and stable name of the trouble, such as <c>TargetUnreachable</c>. The same trouble of a topic is told once until
    /// a recovery of that topic is; null for what is told each time.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>For a trouble that no recovery ends: after how long it may be told again; null for never.</summary>
    public TimeSpan? RepeatAfter { get; init; }

    /// <summary>What happened, in a few words: <c>The backup failed</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, in a sentence or more, with the cause as far as it is known.</summary>
    public required string Text { get; init; }

    /// <summary>What to do; null where nothing is to be done.</summary>
    public string? Advice { get; init; }

    /// <summary>What else is known, name by name.</summary>
    public IReadOnlyList<AlertFact> Facts { get; init; } = [];

    /// <summary>The lines of a log that show it, the oldest first.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What the lines are: <c>The last runs</c>.</summary>
    public string? LinesTitle { get; init; }

    /// <summary>The run that it is about; null where it is about none.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was found out.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of this machine.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>Whether something is to be done about it.</summary>
    [JsonIgnore]
    public bool IsTrouble => Kind is AlertKind.Failure or AlertKind.Warning or AlertKind.Overdue or AlertKind.Security;
}
