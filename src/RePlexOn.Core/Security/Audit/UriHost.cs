namespace RePlexOn.Security.Audit;

/// <summary>Shows of an address what is no secret: neither a user and password in it, nor a query.</summary>
internal static class UriHost
{
    /// <summary>Scheme, host and port.</summary>
    public static string Of(string address) => Uri.TryCreate(address.Trim(), UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
        ? $"{uri.Scheme}://{uri.Authority}"
        : "something that is no address";
}
