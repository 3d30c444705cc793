namespace RePlexOn.Security.AccessLog;

/// <summary>What to do about a suspicious address.</summary>
internal static class AccessAdvice
{
    public static string For(SuspiciousAccess access)
    {
        if (access.Reasons.Contains(AccessReason.ForgedForwarding))
        {
            return $"A client behind the proxy {access.Address} makes up X-Forwarded-For, so it cannot be told who it is: look at the proxy's own log, and have the proxy overwrite that header.";
        }

        if (access.IsLocal)
        {
            return $"{access.Address} is in your own network: find the device, and see what runs on it. Do not block it before you know; it may be a router or a proxy that others come through.";
        }

        return access.Reasons is [AccessReason.RefusedSignIn]
            ? $"If nobody you know is at {access.Address} (an app whose sign-in has run out looks like this), keep it out for a while: Block-PlexAddress {access.Address}, or Install-PlexFail2banJail for all such."
            : $"Keep it out: Block-PlexAddress {access.Address}, or Install-PlexFail2banJail for all such. See that the server is up to date.";
    }
}
