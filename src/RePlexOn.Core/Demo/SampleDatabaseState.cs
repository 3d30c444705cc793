namespace RePlexOn.Demo;

/// <summary>What a copy of a sample database says of itself.</summary>
/// <param name="LastCommit">Number of the last commit in it; 0 when <see cref="SampleWriter"/> never wrote to it.</param>
/// <param name="InvariantHolds">
/// Whether what each commit keeps equal is equal: the views written down one by one and the view counts of the titles,
/// and the number of commits and the number of the last one. A copy that mixes two moments breaks it.
/// </param>
public sealed record SampleDatabaseState(long LastCommit, bool InvariantHolds);
