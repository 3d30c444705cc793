namespace RePlexOn.Security.Firewall;

/// <summary>Why a packet is refused.</summary>
internal enum Refusal
{
    /// <summary>Its address is blocked.</summary>
    Blocked,

    /// <summary>Its country may not connect.</summary>
    Country,

    /// <summary>Too many new connections a minute.</summary>
    Rate,

    /// <summary>Too many connections at once.</summary>
    Concurrent,
}
