using System.Numerics;

namespace RePlexOn.Schedules;

/// <summary>The values that one field of a cron expression lets through.</summary>
/// <param name="Bits">Bit n stands for the value n.</param>
/// <param name="BeginsWithStar">Whether it is written with a star first, which decides how cron joins the two day fields.</param>
internal readonly record struct CronField(ulong Bits, bool BeginsWithStar)
{
    /// <summary>How many values it lets through.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>The values, in order.</summary>
    public IEnumerable<int> Values
    {
        get
        {
            for (ulong left = Bits; left != 0; left &= left - 1) yield return BitOperations.TrailingZeroCount(left);
        }
    }

    /// <summary>Whether a value is let through.</summary>
    public bool Has(int value) => (Bits >> value & 1) != 0;

    /// <summary>The first value from one on; null where there is none.</summary>
    public int? AtOrAfter(int value)
    {
        ulong left = Bits >> value << value;
        return left == 0 ? null : BitOperations.TrailingZeroCount(left);
    }

    /// <summary>The last value up to one; null where there is none.</summary>
    public int? AtOrBefore(int value)
    {
        ulong left = Bits & (ulong.MaxValue >> (63 - value));
        return left == 0 ? null : 63 - BitOperations.LeadingZeroCount(left);
    }
}
