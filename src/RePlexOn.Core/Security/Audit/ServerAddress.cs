namespace RePlexOn.Security.Audit;

/// <summary>Where the running server answers.</summary>
internal static class ServerAddress
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="RePlexOnException"><c>ServerUrlInvalid</c>, or <c>ServerUrlUnsafe</c>: a token would go over the network in clear text.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0)
        {
            throw new RePlexOnException(
                "ServerUrlInvalid", ExitCode.Usage, "audit.serverUrl is not the address of a server.", "Write it like http://127.0.0.1:32400.");
        }

        return address.IsLoopback || address.Scheme == Uri.UriSchemeHttps ? address : throw new RePlexOnException(
            "ServerUrlUnsafe", ExitCode.Usage, $"audit.serverUrl leads to {address.Host} in clear text, and the server's token would go there with it.",
            "Run the audit on the server itself (http://127.0.0.1:32400), or name an https:// address whose certificate is for that name.");
    }
}
