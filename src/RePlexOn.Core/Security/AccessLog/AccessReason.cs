namespace RePlexOn.Security.AccessLog;

/// <summary>Why an address is suspicious.</summary>
public enum AccessReason
{
    /// <summary>Many requests were refused for want of a valid token, and none of this address was let in.</summary>
    RefusedSignIn,

    /// <summary>It asked for what no Plex server has: somebody looks for holes of other programs.</summary>
    Scan,

    /// <summary>It tried to reach files outside of what the server offers.</summary>
    Traversal,

    /// <summary>It sent text that is meant to be run by a database, a shell or a browser.</summary>
    Injection,

    /// <summary>Far more requests than a client makes, without a user.</summary>
    Rate,

    /// <summary>A trusted proxy passed on more than one X-Forwarded-For: a client has made one up.</summary>
    ForgedForwarding,
}
