namespace RePlexOn.Snapshots;

/// <summary>Single rules that take the place of the configured ones; null leaves the configured one.</summary>
public sealed record RetentionOverrides
{
    /// <inheritdoc cref="RetentionRules.KeepLast" />
    public int? KeepLast { get; init; }

    /// <inheritdoc cref="RetentionRules.KeepHourly" />
    public int? KeepHourly { get; init; }

    /// <inheritdoc cref="RetentionRules.KeepDaily" />
    public int? KeepDaily { get; init; }

    /// <inheritdoc cref="RetentionRules.KeepWeekly" />
    public int? KeepWeekly { get; init; }

    /// <inheritdoc cref="RetentionRules.KeepMonthly" />
    public int? KeepMonthly { get; init; }

    /// <inheritdoc cref="RetentionRules.KeepYearly" />
    public int? KeepYearly { get; init; }

    /// <summary>As <see cref="RetentionRules.KeepWithin"/>, in days; 0 takes that rule away.</summary>
    public int? KeepWithinDays { get; init; }

    /// <summary>The rules with these in them.</summary>
    public RetentionRules ApplyTo(RetentionRules rules) => new()
    {
        KeepLast = KeepLast ?? rules.KeepLast,
        KeepHourly = KeepHourly ?? rules.KeepHourly,
        KeepDaily = KeepDaily ?? rules.KeepDaily,
        KeepWeekly = KeepWeekly ?? rules.KeepWeekly,
        KeepMonthly = KeepMonthly ?? rules.KeepMonthly,
        KeepYearly = KeepYearly ?? rules.KeepYearly,
        KeepWithin = KeepWithinDays switch
        {
            null => rules.KeepWithin,
            0 => null,
            { } days => TimeSpan.FromDays(days),
        },
    };
}
