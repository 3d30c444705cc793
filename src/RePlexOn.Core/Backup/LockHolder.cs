using System.Globalization;
using RePlexOn.Files;
using RePlexOn.Processes;

namespace RePlexOn.Backup;

/// <summary>A process that holds a lock, be it by inheritance.</summary>
/// <param name="Id">Process number.</param>
/// <param name="Name">Its program's name.</param>
internal sealed record LockHolder(int Id, string Name)
{
    /// <summary>Whether it is one of those a run starts to copy with.</summary>
    internal bool IsTransfer => Name is "rsync" or "ssh" or "cp";

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} (process {Id})");

    /// <summary>
    /// All processes that hold a lock on the file, as far as this user may see; those that only wait for it are not among them.
    /// </summary>
    internal static IReadOnlyList<LockHolder> Of(FileLock file)
    {
        // The kernel's own spelling of the path is what the other processes' links show too.
        var path = new FileInfo(string.Create(
            CultureInfo.InvariantCulture, $"/proc/self/fd/{file.Handle.DangerousGetHandle()}")).LinkTarget;
        var holders = new List<LockHolder>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (Directory.EnumerateFiles(folder + "/fd").Any(fd => Holds(folder, fd, path)))
                    holders.Add(new LockHolder(id, File.ReadAllText(folder + "/comm").TrimEnd('\n')));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or is another user's.
            }
        }

        return holders;
    }

    /// <summary>Asks it to end. One that has ended already, or may not be touched, is passed over.</summary>
    internal void Terminate() => ProcessSignal.Terminate(Id);

    /// <summary>Ends it at once, as <see cref="Terminate"/> asks.</summary>
    internal void Kill() => ProcessSignal.Kill(Id);

    // fdinfo shows a flock for exactly the descriptors that carry it.
    private static bool Holds(string process, string descriptor, string? path) =>
        new FileInfo(descriptor).LinkTarget == path
        && File.ReadAllText($"{process}/fdinfo/{Path.GetFileName(descriptor)}").Contains("FLOCK", StringComparison.Ordinal);
}
