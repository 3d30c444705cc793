using System.Diagnostics;
using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

public sealed class LocalChecksTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_accept_a_private_password_file_and_a_link_to_it()
    {
        File.CreateSymbolicLink(_folder.At("link"), Secret(Private));
        CheckPassword(_folder.At("secret"));
        CheckPassword(_folder.At("link"));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Should_refuse_a_password_file_others_can_use(UnixFileMode more)
    {
        var file = Secret(Private | more);
        var error = Assert.Throws<RePlexOnException>(() => CheckPassword(file));
        Assert.Equal("PasswordFileNotPrivate", error.ErrorId);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Equal($"Run: chmod 600 {file}", error.Advice);
        Assert.DoesNotContain("geheim", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_a_password_file_of_another_user()
    {
        var file = Secret(Private);
        using (var chown = Process.Start("chown", ["12345", file])) chown.WaitForExit();
        Assert.Equal("PasswordFileNotPrivate", Assert.Throws<RePlexOnException>(() => CheckPassword(file)).ErrorId);
    }

    [Fact]
    public void Should_refuse_a_password_file_that_is_missing_empty_or_a_folder()
    {
        Assert.Equal("PasswordFileMissing", Assert.Throws<RePlexOnException>(() => CheckPassword(_folder.At("none"))).ErrorId);
        Assert.Equal("PasswordFileMissing", Assert.Throws<RePlexOnException>(() => CheckPassword(_folder.Path)).ErrorId);
        Assert.Equal("PasswordFileEmpty", Assert.Throws<RePlexOnException>(() => CheckPassword(Secret(Private, ""))).ErrorId);
    }

    [Fact]
    public void Should_refuse_an_ssh_key_others_can_read()
    {
        var target = BackupTarget.Parse("nas:/x", new TargetOptions { IdentityFile = Secret(Private | UnixFileMode.OtherRead) });
        Assert.Equal("IdentityFileNotPrivate", Assert.Throws<RePlexOnException>(target.CheckLocally).ErrorId);
    }

    [Fact]
    public void Should_refuse_a_local_target_that_is_missing_or_a_file()
    {
        Assert.Equal("TargetFolderMissing", Assert.Throws<RePlexOnException>(Local(_folder.At("none")).CheckLocally).ErrorId);
        Assert.Contains("is a file", Assert.Throws<RePlexOnException>(Local(_folder.File("file")).CheckLocally).Message, StringComparison.Ordinal);
        Local(_folder.Path).CheckLocally();
    }

    [Fact]
    public void Should_see_source_and_target_inside_of_each_other_through_links()
    {
        var plex = _folder.Folder("plex");
        _folder.Folder("plex/backups");
        _folder.Folder("plex-two");
        File.CreateSymbolicLink(_folder.At("link"), plex);

        Assert.True(Local(plex).Overlaps(plex + "/"));
        Assert.True(Local(_folder.At("link/backups")).Overlaps(plex));
        Assert.True(Local(_folder.At("link/not/there")).Overlaps(plex));
        Assert.True(Local(_folder.Path).Overlaps(plex));
        Assert.True(Local(plex).Overlaps(_folder.At("link/backups/not/there")));
        Assert.False(Local(_folder.At("plex-two")).Overlaps(plex));
        Assert.False(BackupTarget.Parse("nas:" + plex, new TargetOptions()).Overlaps(plex));
    }

    [Fact]
    public void Should_name_the_mount_that_holds_a_target()
    {
        using var small = new SmallFileSystem(1);
        Directory.CreateDirectory(Path.Combine(small.Path, "a b"));
        Assert.Equal(small.Path, Local(Path.Combine(small.Path, "a b")).MountPoint);
        Assert.NotEqual(small.Path, Local(_folder.Path).MountPoint);
        Assert.Null(Local(_folder.At("none")).MountPoint);
    }

    [Fact]
    public void Should_read_mount_points_with_spaces()
    {
        var table = _folder.File("mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda rw\n30 22 0:9 / /mnt/my\\040nas rw - nfs n:/x rw\n");
        Assert.Equal("/mnt/my nas", MountTable.MountPointOf("/mnt/my nas/plex", table));
        Assert.Equal("/", MountTable.MountPointOf("/mnt/my nas two", table));
    }

    private static BackupTarget Local(string path) => BackupTarget.Parse(path, new TargetOptions());

    private static void CheckPassword(string file) =>
        BackupTarget.Parse("rsync://u@nas/m", new TargetOptions { PasswordFile = file }).CheckLocally();

    private string Secret(UnixFileMode mode, string content = "geheim\n")
    {
        var file = _folder.File("secret", content);
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
