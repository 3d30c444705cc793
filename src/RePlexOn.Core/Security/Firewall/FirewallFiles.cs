using System.Text;
using System.Text.Json;
using RePlexOn.Files;

namespace RePlexOn.Security.Firewall;

/// <summary>
/// The files by which the rules are known and are kept over a start of the machine: the rules themselves, what the kernel
/// is given at the start, and a systemd unit that gives it.
/// </summary>
/// <param name="root">The folder in the place of <c>/etc</c>.</param>
internal sealed class FirewallFiles(string root)
{
    private const UnixFileMode UnitMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Path.Combine(root, "replexon/firewall");
    private readonly string _unitFolder = Path.Combine(root, "systemd/system");

    private string RulesFile => Path.Combine(_folder, "rules.json");

    private string UnitFile => Path.Combine(_unitFolder, FirewallUnit.Name);

    private string UnitLink => Path.Combine(_unitFolder, "multi-user.target.wants", FirewallUnit.Name);

    /// <summary>Whether the rules come back after a start of the machine.</summary>
    public bool AreKept => File.Exists(UnitFile) && File.Exists(UnitLink);

    /// <summary>The rules; null where there are none.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallFileUnreadable</c>: they cannot be read.</exception>
    public FirewallRules? Load()
    {
        try
        {
            FirewallRules rules = FirewallRules.FromJson(File.ReadAllBytes(RulesFile));
            // What cannot be understood is to be found here, where it can be said.
            _ = AddressSet.Of([.. rules.Exempt, .. rules.CountryRule?.Networks ?? [], .. rules.Blocked.Select(one => one.Address)]);
            return rules;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new RePlexOnException(
                "FirewallFileUnreadable", ExitCode.Failed, $"{RulesFile} cannot be read: {e.Message}",
                $"Put it back from a backup of /etc; or take the rules away by hand (`nft delete table {NftRuleset.Table}`), remove {_folder}, and set them again.", e);
        }
    }

    /// <summary>Writes all files, or none.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallFileNotWritable</c>.</exception>
    public void Write(FirewallRules rules, IFirewallTool tool)
    {
        IReadOnlyDictionary<string, byte[]> before = Read();
        try
        {
            foreach ((string name, string text) in tool.BootFiles(rules))
                AtomicFile.Write(Path.Combine(_folder, name), Encoding.UTF8.GetBytes(text), PrivateMode.File);
            AtomicFile.Write(RulesFile, rules.ToJson(), PrivateMode.File);
            if (!Directory.Exists(_unitFolder)) return;
            AtomicFile.Write(UnitFile, Encoding.UTF8.GetBytes(FirewallUnit.Write(tool.BootCommands(_folder))), UnitMode);
            Link();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            PutBack(before);
            throw new RePlexOnException(
                "FirewallFileNotWritable", ExitCode.Failed, $"The rules cannot be kept over a restart: {e.Message}",
                "Make room, or make /etc writable. The rules are as they were before.", e);
        }
    }

    /// <summary>All that is there, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Read()
    {
        string[] own = Directory.Exists(_folder) ? Directory.GetFiles(_folder) : [];
        return own.Append(UnitFile).Where(File.Exists).ToDictionary(path => path, File.ReadAllBytes);
    }

    /// <summary>Makes the files what they were.</summary>
    public void PutBack(IReadOnlyDictionary<string, byte[]> before)
    {
        IReadOnlyDictionary<string, byte[]> now = Read();
        foreach (string path in now.Keys.Where(path => !before.ContainsKey(path))) File.Delete(path);
        foreach ((string path, byte[] content) in before)
        {
            if (now.TryGetValue(path, out byte[]? present) && present.AsSpan().SequenceEqual(content)) continue;
            AtomicFile.Write(path, content, path == UnitFile ? UnitMode : PrivateMode.File);
        }

        if (before.ContainsKey(UnitFile)) Link();
        else if (Path.Exists(UnitLink)) File.Delete(UnitLink);
        RemoveEmptyFolder();
    }

    /// <summary>Removes all of them.</summary>
    public void Remove() => PutBack(new Dictionary<string, byte[]>());

    // What `systemctl enable` does; where systemd does not run (a chroot, an image) it is done all the same.
    private void Link()
    {
        if (Path.Exists(UnitLink)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(UnitLink)!);
        File.CreateSymbolicLink(UnitLink, UnitFile);
    }

    private void RemoveEmptyFolder()
    {
        foreach (string folder in (string[])[_folder, Path.GetDirectoryName(_folder)!])
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }
}
