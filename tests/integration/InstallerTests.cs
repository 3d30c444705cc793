using RePlexOn.Demo;
using RePlexOn.IntegrationTests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>scripts/install.sh on a machine of its own, from the archive that scripts/package.sh makes: what it adds, and what it leaves behind.</summary>
public sealed class InstallerTests : IDisposable
{
    private const string Plex = "/var/lib/plexmediaserver/Library/Application Support/Plex Media Server";
    private const string Install = "bash /srv/install.sh --from /srv/replexon-*.tar.gz";
    private const string Unattended = Install + " --unattended /srv/nas --schedule mirror check";

    private readonly OverlaidRoot _machine = new();

    public InstallerTests()
    {
        // As it would be without the traces of other tests and of users of this one.
        Run("rm -rf /etc/replexon /var/lib/replexon /opt/replexon /usr/local/bin/replexon /usr/local/share/powershell/Modules/RePlexOn; crontab -r 2>/dev/null; mkdir -p /srv/nas");
        SampleLibrary.Create(
            _machine.Path + Plex, new SampleOptions { Files = 20, LibraryRows = 10, AverageFileBytes = 500 }, progress: null, CancellationToken.None);
        string built = Path.GetDirectoryName(Path.GetDirectoryName(RunningCommand.Program))!;
        string scripts = Path.Combine(built, "../scripts");
        OverlaidRoot.Call("bash", [Path.Combine(scripts, "package.sh"), "--built", built, "--to", $"{_machine.Path}/srv"]);
        File.Copy(Path.Combine(scripts, "install.sh"), $"{_machine.Path}/srv/install.sh");
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Should_install_set_up_and_back_up_on_a_clean_machine()
    {
        string output = Run(Unattended);

        Assert.Contains("Program: /usr/local/bin/replexon, version ", output, StringComparison.Ordinal);
        Assert.Contains("Added: configuration: /etc/replexon/replexon.json", output, StringComparison.Ordinal);
        Assert.Contains("Added: schedule of mirror: Every day at 03:00, in the crontab of root", output, StringComparison.Ordinal);
        Assert.Contains($"[Pass] The source is a Plex data directory: {Plex}", output, StringComparison.Ordinal);
        Assert.Contains("[Pass] The target answers", output, StringComparison.Ordinal);
        Run("cd / && replexon backup");
        Assert.True(File.Exists(_machine.Path + "/srv/nas/plex-current/Preferences.xml"));
        Assert.Contains("/opt/replexon/lib/replexon/cli/replexon backup --scheduled", Run("crontab -l"), StringComparison.Ordinal);
        if (Directory.Exists(_machine.Path + "/opt/replexon/lib/replexon/RePlexOn"))
            Assert.Contains("RePlexOn", Run("command -v pwsh >/dev/null || exec echo no PowerShell for RePlexOn; pwsh -NoProfile -Command '(Get-Module -ListAvailable RePlexOn).Name'"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_what_is_set_when_installed_a_second_time()
    {
        Run(Unattended);
        Run("replexon config set backup.maxShrinkPercent 7 && replexon schedule add mirror '7 2 * * *'");
        IReadOnlyList<string> before = _machine.Changes();

        string output = Run(Install + " --unattended --schedule mirror check");

        Assert.Contains("Unchanged: configuration: /etc/replexon/replexon.json", output, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Changes());
    }

    [Fact]
    public void Should_take_back_what_it_added()
    {
        Run("echo '5 5 * * * /bin/true' | crontab -");
        string[] before = ChangesButCrontab();
        Run(Unattended);

        Run("bash /opt/replexon/lib/replexon/install.sh --uninstall");
        Assert.Equal("5 5 * * * /bin/true\n", Run("crontab -l"));
        Assert.Equal(
            ["/etc/replexon/replexon.json", "/var/lib/replexon/setup.json"],
            ChangesButCrontab().Except(before).Select(change => change.Split(' ')[0]).Where(path => !path.EndsWith('/')));

        Run(Install + " --no-init");
        Run("bash /srv/install.sh --uninstall --purge");
        Assert.Equal(before, ChangesButCrontab());
        Assert.Equal("5 5 * * * /bin/true\n", Run("crontab -l"));
    }

    [Fact]
    public void Should_install_for_a_user_and_take_that_back()
    {
        Run("useradd --create-home tester && mkdir /srv/theirs && chown tester /srv/theirs && chmod -R a+rX /var/lib/plexmediaserver");
        IReadOnlyList<string> before = _machine.Changes();
        const string asUser = "su tester -s /bin/bash -c";

        string output = Run($"{asUser} '{Install} --unattended /srv/theirs --schedule mirror'");
        Assert.Contains("Program: /home/tester/.local/bin/replexon", output, StringComparison.Ordinal);
        Assert.Contains("in the crontab of tester", output, StringComparison.Ordinal);
        Run($"{asUser} '/home/tester/.local/bin/replexon backup'");
        Assert.True(File.Exists(_machine.Path + "/srv/theirs/plex-current/Preferences.xml"));
        Run("rm -rf /srv/theirs/*");
        Run($"{asUser} '{Install} --uninstall --purge'");

        Assert.Equal(before, _machine.Changes());
    }

    [Fact]
    public void Should_install_from_beside_the_script_in_the_unpacked_archive()
    {
        string output = Run("cd /srv && sha256sum --check *.sha256 && tar -xzf replexon-*.tar.gz && bash replexon-*/install.sh --no-init");

        Assert.Contains(".tar.gz: OK", output, StringComparison.Ordinal);
        Assert.StartsWith(Path.GetFileName(Run("ls -d /srv/replexon-*/").Trim().TrimEnd('/')).Split('-')[1], Run("replexon --version"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_an_archive_that_is_not_what_its_checksum_says()
    {
        Run("printf x >> /srv/replexon-*.tar.gz");
        IReadOnlyList<string> before = _machine.Changes();

        CommandResult result = _machine.Run(Install + " --no-init");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(".sha256 was made for", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Changes());
    }

    [Theory]
    [InlineData("--from /srv/nowhere", "There is no /srv/nowhere.")]
    [InlineData("--from /srv/nas", "holds no cli/replexon")]
    [InlineData("--from /etc/passwd", "could not be unpacked")]
    [InlineData("--purge", "--purge goes with --uninstall")]
    [InlineData("--uninstall", "There is no installation in /opt/replexon")]
    public void Should_say_what_is_wrong_and_leave_nothing_behind(string arguments, string message)
    {
        IReadOnlyList<string> before = _machine.Changes();

        CommandResult result = _machine.Run($"bash /srv/install.sh --no-init {arguments}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Contains("What to do: ", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Changes());
    }

    [Fact]
    public void Should_leave_the_old_version_where_the_new_one_does_not_start()
    {
        Run(Install + " --no-init");
        IReadOnlyList<string> before = _machine.Changes();
        Run("mkdir -p /srv/broken/cli && printf '#!/bin/sh\\nexit 1\\n' > /srv/broken/cli/replexon && chmod +x /srv/broken/cli/replexon");

        CommandResult result = _machine.Run("bash /srv/install.sh --no-init --from /srv/broken");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("does not start here", result.Errors, StringComparison.Ordinal);
        Run("rm -r /srv/broken && replexon --version");
        Assert.Equal(before, _machine.Changes());
    }

    [Fact]
    public void Should_not_replace_a_program_of_another_kind()
    {
        Run("echo mine > /usr/local/bin/replexon");
        IReadOnlyList<string> before = _machine.Changes();

        CommandResult result = _machine.Run(Install + " --no-init");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/usr/local/bin/replexon is there already", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Changes());
    }

    // crontab writes a time into the file, which it does not show.
    private string[] ChangesButCrontab() =>
        [.. _machine.Changes().Where(change => !change.StartsWith("/var/spool/cron/crontabs/root ", StringComparison.Ordinal))];

    private string Run(string script)
    {
        CommandResult result = _machine.Run(script);
        Assert.True(result.ExitCode == 0, $"{script}: {result}");
        return result.Output;
    }
}
