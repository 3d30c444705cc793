using System.Globalization;

namespace RePlexOn.Security.Docker;

/// <summary>Who administers this machine: root, users of a usual name, and members of the groups that may become root.</summary>
internal sealed class AdministratorAccounts
{
    private static readonly string[] Names = ["root", "admin", "administrator", "truenas_admin"];
    private static readonly string[] Groups = ["sudo", "wheel", "admin", "administrators", "builtin_administrators"];

    private readonly Dictionary<uint, string> _names = new() { [0] = "root" };

    private AdministratorAccounts()
    {
    }

    /// <summary>Reads the local accounts; where they cannot be read, root alone is known.</summary>
    /// <param name="folder">Where <c>passwd</c> and <c>group</c> are.</param>
    public static AdministratorAccounts Read(string folder = "/etc")
    {
        var accounts = new AdministratorAccounts();
        string[][] groups = [.. Lines(Path.Combine(folder, "group")).Where(group => group.Length >= 4 && Groups.Contains(group[0]))];
        HashSet<string> members = [.. groups.SelectMany(group => group[3].Split(',', StringSplitOptions.RemoveEmptyEntries)), .. Names];
        HashSet<string> numbers = [.. groups.Select(group => group[2])];
        foreach (string[] user in Lines(Path.Combine(folder, "passwd")).Where(user => user.Length >= 4))
        {
            if ((members.Contains(user[0]) || numbers.Contains(user[3]))
                && uint.TryParse(user[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            {
                accounts._names.TryAdd(number, user[0]);
            }
        }

        return accounts;
    }

    /// <summary>The name of an administrator; null for anybody else.</summary>
    public string? NameOf(uint user) => _names.GetValueOrDefault(user);

    private static IEnumerable<string[]> Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path).Select(line => line.Split(':'));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
