using RePlexOn.Files;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>A folder of this machine: a disk, or a mounted share.</summary>
public sealed class LocalTarget : BackupTarget
{
    private readonly string _path;

    internal LocalTarget(string path, TargetOptions options) : base(options) => _path = path;

    /// <inheritdoc/>
    public override string Display => _path;

    /// <inheritdoc/>
    public override TargetKind Kind => TargetKind.Local;

    /// <inheritdoc/>
    public override string Identity => $"local:{_path}";

    /// <inheritdoc/>
    public override string Root => _path;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ConnectionArguments => [];

    /// <inheritdoc/>
    public override string? MountPoint => RealPath.Of(_path) is { } real ? MountTable.MountPointOf(real) : null;

    private protected override string Prefix => "";

    /// <inheritdoc/>
    public override void CheckLocally()
    {
        if (Directory.Exists(_path)) return;
        throw new RePlexOnException("TargetFolderMissing", ExitCode.Failed,
            File.Exists(_path) ? $"The target {_path} is a file, not a folder." : $"The target folder {_path} does not exist.",
            $"If it is on a share or a disk, mount that first; else make it with: mkdir -p -- {ShellWord.Quote(_path)}");
    }

    /// <inheritdoc/>
    internal override ProgramCall CopyAsLinks(string fromRelative, string toRelative) => new()
    {
        Program = "cp",
        Arguments = ["-al", "--", PathOf(fromRelative), PathOf(toRelative)],
    };

    /// <inheritdoc/>
    public override bool Overlaps(string localFolder)
    {
        var target = WithSlash(RealPath.OfNearest(_path));
        var other = WithSlash(RealPath.OfNearest(localFolder));
        return target.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(target, StringComparison.Ordinal);
    }

    private static string WithSlash(string path) => path.EndsWith('/') ? path : path + "/";
}
