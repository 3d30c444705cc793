using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Checks;
using RePlexOn.Security.Docker;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Docker;

/// <summary>The script is checked by shellcheck and run by bash, on real containers.</summary>
public sealed class DockerRemediationScriptTests(PlantedContainers containers) : IClassFixture<PlantedContainers>, IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DockerFact]
    public async Task Should_change_nothing_before_it_is_told_to()
    {
        string script = await WriteAsync(new DockerRemediationOptions { MemoryLimit = "1g" });
        string before = State();

        string said = Run(script);

        Assert.Equal(before, State());
        Assert.Contains("Nothing was changed.", said, StringComparison.Ordinal);
        Assert.Contains($"Would do: chmod o-w -- {containers.At("open")}\n", said, StringComparison.Ordinal);
        Assert.Contains("no-pids-limit: [Low] Has no limit of processes", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Doing:", said, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task Should_put_right_what_can_be_and_take_it_back()
    {
        string script = await WriteAsync(new DockerRemediationOptions { PidsLimit = 333 });
        string before = State();

        Run(script, "--apply");
        Assert.Equal("333", Limits("no-pids-limit")[1]);
        Assert.DoesNotContain((await AuditAsync()).Issues, issue => issue.Id is "RPX-DKR-011" or "RPX-DKR-012" or "RPX-DKR-021");
        string applied = State();
        Run(script, "--apply");
        Assert.Equal(applied, State());

        Run(script, "--undo");
        Assert.Equal(before, State());
    }

    [DockerFact]
    public async Task Should_set_a_memory_limit_where_one_is_given()
    {
        containers.Engine.Run("create", "--name", "unlimited", "example/box:1.0", "/busybox");
        try
        {
            DockerAuditResult found = await containers.AuditAsync(new DockerAuditOptions { Names = ["unlimited"] });
            Assert.Contains("By hand: Set mem_limit", Run(Write(found.Issues, new DockerRemediationOptions()), "--apply"), StringComparison.Ordinal);
            Assert.Equal("0", Limits("unlimited")[0]);

            Run(Write(found.Issues, new DockerRemediationOptions { MemoryLimit = "128m" }), "--apply");
            Assert.Equal($"{128 << 20}", Limits("unlimited")[0]);
        }
        finally
        {
            containers.Engine.Run("rm", "unlimited");
        }
    }

    [DockerFact]
    public async Task Should_pass_shellcheck_and_hold_no_command_of_another()
    {
        DockerIssue[] issues = [.. (await AuditAsync()).Issues, Forged("\0\u0085'\"$(touch OWNED)\n\\"), Forged("-rf /")];
        string script = Write(issues, new DockerRemediationOptions { MemoryLimit = "4g" });

        containers.Engine.Call("shellcheck", script);
        Run(script);

        Assert.Empty(Directory.GetFiles(_folder.Path, "OWNED", SearchOption.AllDirectories));
        Assert.All(
            File.ReadLines(script).Where(line => line.StartsWith("change ", StringComparison.Ordinal)),
            line => Assert.Matches("^change --(apply|undo) 'chmod' '(o-w|o\\+w|\\+t|-t)' '--' \\S|^change --(apply|undo) 'docker' 'update' '--(memory|pids-limit)' ", line));
    }

    [DockerFact]
    public void Should_count_commands_that_fail()
    {
        string script = Write([Forged("/no/such/folder")], new DockerRemediationOptions());

        var trouble = Assert.Throws<InvalidOperationException>(() => Run(script, "--apply"));

        Assert.Contains("ended with 1", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("1 of the commands failed.", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("ended with 2", Assert.Throws<InvalidOperationException>(() => Run(script, "--force")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_be_for_its_owner_alone_and_replace_nothing_unasked()
    {
        string path = _folder.At("fix.sh");
        DockerRemediationScript.WriteFile(path, [], new DockerRemediationOptions(), overwrite: false);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        var trouble = Assert.Throws<RePlexOnException>(
            () => DockerRemediationScript.WriteFile(path, [], new DockerRemediationOptions(), overwrite: false));
        Assert.Equal("ScriptExists", trouble.ErrorId);
        DockerRemediationScript.WriteFile(path, [Forged("/x")], new DockerRemediationOptions(), overwrite: true);
        Assert.Contains("'/x'", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4 g")]
    [InlineData("-1")]
    [InlineData("$(reboot)")]
    [InlineData("4g\n")]
    public void Should_refuse_what_is_no_amount_of_memory(string limit) =>
        Assert.Equal("MemoryLimitInvalid", Assert.Throws<RePlexOnException>(() => new DockerRemediationOptions { MemoryLimit = limit }).ErrorId);

    [Fact]
    public void Should_quote_any_text_so_that_bash_reads_it_back()
    {
        Gen<string> texts = ArbMap.Default.ArbFor<string>().Generator.Select(text => (text ?? "").Replace("\0", "", StringComparison.Ordinal));
        Prop.ForAll(texts.ArrayOf(20).ToArbitrary(), words =>
        {
            // A lone half of a surrogate pair is no character, and becomes the sign for that in any file.
            string[] wanted = [.. words.Select(word => string.Concat(word.EnumerateRunes()))];
            string file = _folder.File("words.sh", $"printf '%s\\0' {string.Join(' ', wanted.Select(BashWord.Quote))}\n");
            using Process bash = Process.Start(new ProcessStartInfo("bash", [file]) { RedirectStandardOutput = true })!;
            string read = bash.StandardOutput.ReadToEnd();
            return wanted.Length == 0 || read == string.Concat(wanted.Select(word => word + '\0'));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static DockerIssue Forged(string subject) => new(
        subject, "id", "image", "RPX-DKR-011", subject, "Docker", CheckSeverity.High, CheckStatus.Fail, subject, subject, subject, null);

    private Task<DockerAuditResult> AuditAsync() => containers.AuditAsync(new DockerAuditOptions { IncludeStopped = true });

    private async Task<string> WriteAsync(DockerRemediationOptions options) => Write((await AuditAsync()).Issues, options);

    private string Write(IEnumerable<DockerIssue> issues, DockerRemediationOptions options)
    {
        string path = _folder.At($"{Guid.NewGuid():N}.sh");
        DockerRemediationScript.WriteFile(path, issues, options, overwrite: false);
        return path;
    }

    private string Run(string script, params string[] options) => containers.Engine.Call("env", ["-C", _folder.Path, script, .. options]);

    private string[] Limits(string container) =>
        containers.Engine.Run("inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}", container).Trim().Split(' ');

    // No limit is written in three ways.
    private string State() => string.Join('\n',
    [
        .. PlantedContainers.Planted.Keys.Select(name => string.Join(' ', Limits(name)).Replace("<nil>", "0", StringComparison.Ordinal)
            .Replace("-1", "0", StringComparison.Ordinal)),
        .. new[] { "open", "open-776", "parent", "parent/data", "sticky", "admin", PlantedContainers.HostilePath }
            .Select(name => File.GetUnixFileMode(containers.At(name)).ToString()),
    ]);
}
