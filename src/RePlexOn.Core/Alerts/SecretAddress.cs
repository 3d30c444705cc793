using System.Net;
using RePlexOn.Security;
using RePlexOn.Targets;

namespace RePlexOn.Alerts;

/// <summary>A web address that is a secret, as the configuration gives it. No message ever holds more of it than its host.</summary>
/// <param name="Address">The address, without a user and a password.</param>
/// <param name="Token">The second line of the file that holds it; null where there is none.</param>
/// <param name="Login">User and password that stood in the address, as <c>user:password</c>; null where there were none.</param>
internal sealed record SecretAddress(Uri Address, string? Token, string? Login)
{
    /// <summary>Whether a text is a web address.</summary>
    public static bool IsAddress(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" && address.Host.Length > 0;

    /// <summary>Reads the address.</summary>
    /// <param name="key">The setting, to name it in messages.</param>
    /// <param name="value">Its value: the address, or the path of the file that holds it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>AddressFileMissing</c>, <c>…NotPrivate</c> and the like; <c>AddressInvalid</c>; <c>AddressNotEncrypted</c>.
    /// </exception>
    public static SecretAddress Read(string key, string value)
    {
        string[] lines = value.StartsWith('/') ? ReadFile(key, value) : [value.Trim()];
        if (lines.Length == 0 || !IsAddress(lines[0]))
        {
            throw new RePlexOnException(
                "AddressInvalid", ExitCode.Usage, $"What `{key}` gives is no web address.",
                "Write the address, which begins with https://, alone into the first line of the file; a token into the second.");
        }

        var address = new UriBuilder(lines[0]) { Fragment = "" };
        string? login = address.UserName.Length + address.Password.Length == 0
            ? null : $"{Uri.UnescapeDataString(address.UserName)}:{Uri.UnescapeDataString(address.Password)}";
        (address.UserName, address.Password) = ("", "");
        if (address.Scheme == "http" && !IsNear(address.Host))
        {
            throw new RePlexOnException(
                "AddressNotEncrypted", ExitCode.Usage,
                $"`{key}` would send a secret over the internet unencrypted: its address begins with http://.",
                $"Use https://{address.Host}; http:// is for this machine and your own network.");
        }

        return new SecretAddress(address.Uri, lines.ElementAtOrDefault(1), login);
    }

    /// <summary>The address with more at the end of its path.</summary>
    public Uri With(string path) => new UriBuilder(Address) { Path = Address.AbsolutePath.TrimEnd('/') + path }.Uri;

    private static string[] ReadFile(string key, string path)
    {
        PrivateFile.Check(path, "AddressFile", $"file that `{key}` names");
        return [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).Take(2)];
    }

    // What a carrier shares among its customers is not near: others of them may listen.
    private static bool IsNear(string host)
    {
        if (!IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address))
        {
            return !host.Contains('.', StringComparison.Ordinal)
                || ((string[])[".local", ".lan", ".internal", ".home.arpa", ".localhost"]).Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        }

        return ReservedNetworks.Near.Cover(address);
    }

    /// <summary>The host alone, which is all that a message may hold.</summary>
    public override string ToString() => Address.Host;
}
