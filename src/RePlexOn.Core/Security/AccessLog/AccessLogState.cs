using System.Text.Json.Serialization;

namespace RePlexOn.Security.AccessLog;

/// <summary>All that a watch must know to go on as if it had never stopped.</summary>
internal sealed record AccessLogState
{
    /// <summary>How far each log was read, the newest first.</summary>
    public IReadOnlyList<LogMark> Marks { get; init; } = [];

    /// <summary>Requests that wait for their answer.</summary>
    public IReadOnlyDictionary<string, PendingRequest> Pending { get; init; } = new Dictionary<string, PendingRequest>();

    /// <summary>What addresses have done of late.</summary>
    public IReadOnlyList<ActivityState> Activities { get; init; } = [];
}

[JsonSerializable(typeof(AccessLogState))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AccessJson : JsonSerializerContext;
