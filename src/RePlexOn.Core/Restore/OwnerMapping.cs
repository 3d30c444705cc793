using System.Globalization;
using RePlexOn.Processes;

namespace RePlexOn.Restore;

/// <summary>Whom all restored files are given to.</summary>
/// <param name="User">The user's number.</param>
/// <param name="Group">The group's number.</param>
internal sealed record OwnerMapping(uint User, uint Group)
{
    private const int NameField = 0, UserField = 2, GroupField = 3;

    /// <summary>What rsync is told: it maps on this side, so that a file has its owner from its first moment here.</summary>
    public IReadOnlyList<string> RsyncArguments =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--usermap=*:{User}"),
        string.Create(CultureInfo.InvariantCulture, $"--groupmap=*:{Group}"),
    ];

    /// <summary>Reads <c>user</c>, <c>user:group</c>, or the same as numbers, and looks names up on this machine.</summary>
    /// <exception cref="RePlexOnException"><c>OwnerUnknown</c>, <c>OwnerNeedsRoot</c>.</exception>
    public static async Task<OwnerMapping> ParseAsync(string text, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new RePlexOnException(
                "OwnerNeedsRoot", ExitCode.Usage, "Only root may give files to another user.", "Run it as root, or leave the owner out.");
        }

        string[] names = text.Split(':');
        if (names.Length > 2 || names.Any(name => name.Length == 0 || name[0] == '-')) throw Unknown(text, "It is not of the form user:group.");

        string[]? user = await LookUpAsync("passwd", names[0], cancellationToken);
        uint userId = Number(names[0], user, UserField) ?? throw Unknown(text, $"This machine knows no user '{names[0]}'.");
        if (names.Length == 1)
        {
            return new(userId, Number("", user, GroupField) ?? throw Unknown(text, "A user given by number needs a group."));
        }

        string[]? group = await LookUpAsync("group", names[1], cancellationToken);
        return new(userId, Number(names[1], group, UserField) ?? throw Unknown(text, $"This machine knows no group '{names[1]}'."));
    }

    // getent asks all that the machine is set up to ask, not just the files in /etc.
    private static async Task<string[]?> LookUpAsync(string database, string name, CancellationToken cancellationToken)
    {
        string? line = null;
        var call = new ProgramCall { Program = "getent", Arguments = [database, name] };
        await new ProgramRunner().RunAsync(call, text => line ??= text, null, cancellationToken);
        string[]? fields = line?.Split(':');
        return fields?.Length > NameField ? fields : null;
    }

    private static uint? Number(string given, string[]? entry, int field) =>
        entry?.Length > field && uint.TryParse(entry[field], CultureInfo.InvariantCulture, out uint known) ? known
        : uint.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out uint plain) ? plain
        : null;

    private static RePlexOnException Unknown(string text, string why) => new(
        "OwnerUnknown", ExitCode.Usage, $"The owner '{text}' cannot be used. {why}",
        "Give the user and group that Plex runs as, such as plex:plex (ls -l shows them), or their numbers, such as 997:997.");
}
