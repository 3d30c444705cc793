namespace RePlexOn.Setup;

/// <summary>One thing that set-up, or its undoing, did or would do.</summary>
/// <param name="Action">In one word.</param>
/// <param name="What">The thing, as a person names it.</param>
/// <param name="Where">Its file, its folder or its value; no secret.</param>
public sealed record SetupStep(SetupAction Action, string What, string Where);

/// <summary>What became of a thing, in one word.</summary>
public enum SetupAction
{
    /// <summary>It is as it was.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is there still, with another content.</summary>
    Changed,

    /// <summary>It comes from the first RePlexOn.</summary>
    TakenOver,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It was left, though the rest was removed.</summary>
    Kept,
}
