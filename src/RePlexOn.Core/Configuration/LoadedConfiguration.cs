namespace RePlexOn.Configuration;

/// <summary>What one reading of the configuration file gave.</summary>
/// <param name="WhatIsRight">What is right in the file; the defaults for the rest, and where it cannot be read.</param>
/// <param name="Trouble">Why the file cannot be used; null where nothing is wrong with it.</param>
internal sealed record LoadedConfiguration(RePlexOnConfiguration WhatIsRight, RePlexOnException? Trouble)
{
    /// <summary>The configuration, where nothing is wrong with it.</summary>
    /// <exception cref="RePlexOnException">The trouble.</exception>
    public RePlexOnConfiguration Whole() => Trouble is null ? WhatIsRight : throw Trouble;
}
