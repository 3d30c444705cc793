using System.Net;
using System.Text;

namespace RePlexOn.Security.Firewall;

/// <summary>Finds out from where this session is signed in by ssh.</summary>
internal static class SshClient
{
    private const string Variable = "SSH_CONNECTION=", Parent = "PPid:";

    /// <summary>
    /// The client's address; null where there is no such session. sudo takes the variable out of the environment, so the
    /// processes above are asked too.
    /// </summary>
    public static AddressRange? Find()
    {
        for (string process = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture); process is not ("0" or "");)
        {
            try
            {
                string? value = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/environ"))
                    .Split('\0').FirstOrDefault(one => one.StartsWith(Variable, StringComparison.Ordinal));
                // The client's address comes first, then its port and the server's two.
                if (value is not null && IPAddress.TryParse(value[Variable.Length..].Split(' ')[0].Split('%')[0], out IPAddress? address))
                    return AddressRange.Single(address);
                process = File.ReadLines($"/proc/{process}/status")
                    .FirstOrDefault(line => line.StartsWith(Parent, StringComparison.Ordinal))?[Parent.Length..].Trim() ?? "";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }
}
