using RePlexOn.Configuration;
using RePlexOn.Files;

namespace RePlexOn.Tests.Configuration;

public sealed class ConfigurationSetTests : IDisposable
{
    private const UnixFileMode Mode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("{}", "target", "/b", "{ \"target\": \"/b\" }")]
    [InlineData("{ \"target\" : \"/a\" } // c", "target", "/b", "{ \"target\" : \"/b\" } // c")]
    [InlineData("{ \"target\": \"/a\" }", "source", "/b", "{ \"target\": \"/a\", \"source\": \"/b\" }")]
    [InlineData("{ \"target\": \"/a\", }", "source", "/b", "{ \"target\": \"/a\", \"source\": \"/b\" }")]
    [InlineData("{\n  \"target\": \"/a\" // nas, mine\n}\n", "source", "/b", "{\n  \"target\": \"/a\", // nas, mine\n  \"source\": \"/b\"\n}\n")]
    [InlineData("{\r\n\t\"target\": \"/a\",\r\n}\r\n", "source", "/b", "{\r\n\t\"target\": \"/a\",\r\n\t\"source\": \"/b\",\r\n}\r\n")]
    [InlineData("{\n}\n", "backup.timeoutSeconds", 60, "{\n  \"backup\": {\n    \"timeoutSeconds\": 60\n  }\n}\n")]
    [InlineData("{}", "backup.timeoutSeconds", 60, "{ \"backup\": { \"timeoutSeconds\": 60 } }")]
    [InlineData("{\n \"backup\": {}\n}", "backup.timeoutSeconds", "60", "{\n \"backup\": { \"timeoutSeconds\": 60 }\n}")]
    [InlineData("{ \"ssh\": null }", "ssh.port", 22, "{ \"ssh\": { \"port\": 22 } }")]
    [InlineData("{\n  // \"source\": \"/x\",\n  \"target\": \"/a\"\n}", "source", "/b", "{\n  // \"source\": \"/x\",\n  \"source\": \"/b\",\n  \"target\": \"/a\"\n}")]
    [InlineData("{\n  \"target\": \"/a\"\n  // \"source\": \"/x\"\n}", "source", "/b", "{\n  \"target\": \"/a\",\n  // \"source\": \"/x\"\n  \"source\": \"/b\"\n}")]
    [InlineData("{\n \"target\": \"/a\"\n // \"source\": 1\n , \"ssh\": {}\n}", "source", "/b", "{\n \"target\": \"/a\",\n // \"source\": 1\n \"source\": \"/b\"\n , \"ssh\": {}\n}")]
    [InlineData("{ \"target\": \"/a\", \"source\": \"/b\" }", "target", null, "{ \"source\": \"/b\" }")]
    [InlineData("{ \"target\": \"/a\" /* x */, \"source\": \"/b\" }", "target", null, "{ /* x */ \"source\": \"/b\" }")]
    [InlineData("{\n  \"target\": \"/a\",\n  \"source\": \"/b\"\n}", "source", null, "{\n  \"target\": \"/a\",\n}")]
    [InlineData("{\n  \"target\": \"/a\", // nas\n  \"source\": \"/b\"\n}", "target", null, "{\n  // nas\n  \"source\": \"/b\"\n}")]
    [InlineData("{ \"target\": \"/a\" }", "ssh.port", null, "{ \"target\": \"/a\" }")]
    public void Should_change_the_value_and_nothing_else(string before, string key, object? value, string after)
    {
        _home.Write(before);

        _home.Store.Set(null, new Dictionary<string, object?> { [key] = value });

        Assert.Equal(after, _home.Read());
        Assert.Empty(_home.Store.Validate());
    }

    [Fact]
    public void Should_make_a_file_only_its_owner_can_read_and_its_folder()
    {
        _home.Store.Set(null, new Dictionary<string, object?>
        {
            ["target"] = "/mnt/nas", ["backup.exclude"] = new[] { "/a b/", "\"ü\"" }, ["backup.maxShrinkPercent"] = 30L, ["source"] = null,
        });

        var configuration = _home.Store.Load();
        Assert.Equal(("/mnt/nas", 30), (configuration.Target, configuration.Backup.MaxShrinkPercent));
        Assert.Equal(["/a b/", "\"ü\""], configuration.Backup.Exclude);
        Assert.Contains("ü", _home.Read(), StringComparison.Ordinal);
        Assert.Equal(Mode600, File.GetUnixFileMode(_home.ConfigurationPath));
        Assert.Equal(Mode600 | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_home.ConfigurationPath)!));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_home.ConfigurationPath)!));
    }

    [Fact]
    public void Should_keep_mode_owner_and_link()
    {
        _home.Write("{}");
        var real = _home.Path + "/real.json";
        File.Move(_home.ConfigurationPath, real);
        File.CreateSymbolicLink(_home.ConfigurationPath, real);
        File.SetUnixFileMode(real, Mode600 | UnixFileMode.GroupRead);
        new FileOwner(1234, 2345).ApplyTo(real);
        var owner = FileOwner.Of(real);

        _home.Store.Set(null, new Dictionary<string, object?> { ["ssh.port"] = 22 });

        Assert.Equal(real, new FileInfo(_home.ConfigurationPath).LinkTarget);
        Assert.Equal(Mode600 | UnixFileMode.GroupRead, File.GetUnixFileMode(real));
        Assert.Equal(owner, FileOwner.Of(real));
        Assert.Equal(22, _home.Store.Load().Ssh.Port);
        if (Environment.IsPrivilegedProcess)
            Assert.Equal(new FileOwner(1234, 2345), owner);
    }

    [Theory]
    [InlineData("{}", "backup.maxShrinkPercent", 101, "'backup.maxShrinkPercent' is 101")]
    [InlineData("{}", "backup.maxShrinkPercent", "many", "'backup.maxShrinkPercent' takes a whole number from 0 to 100 percent.")]
    [InlineData("{}", "backup.maxShrinkPercent", true, "'backup.maxShrinkPercent' takes a whole number")]
    [InlineData("{}", "source", "plex", "'source' is not an absolute path")]
    [InlineData("{}", "sorce", "/plex", "did you mean 'source'?")]
    [InlineData("{}", "target", "rsync://u:hunter2@h/m", "'target' holds a password")]
    [InlineData("{ \"backup\": 5 }", "backup.maxShrinkPercent", 1, "'backup' must be a group")]
    [InlineData("{ \"colour\": 5 }", "backup.maxShrinkPercent", 1, "unknown key 'colour'")]
    [InlineData("{ \"source\": \"/a\", \"source\": \"/b\" }", "source", "/c", "'source' is there twice")]
    [InlineData("{", "source", "/c", "not valid JSON")]
    [InlineData("", "source", "/c", "the file is empty")]
    public void Should_refuse_what_would_not_load_and_leave_the_file(string text, string key, object? value, string message)
    {
        _home.Write(text);

        var exception = Assert.Throws<RePlexOnException>(() => _home.Store.Set(null, new Dictionary<string, object?> { [key] = value }));

        Assert.Equal("ConfigurationInvalid", exception.ErrorId);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, _home.Read());
    }

    [Fact]
    public void Should_refuse_half_a_character() => Assert.Contains("'source' takes an absolute path",
        Assert.Throws<RePlexOnException>(() => _home.Store.Set(null, new Dictionary<string, object?> { ["source"] = "/\ud800" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Should_mend_a_wrong_value()
    {
        _home.Write("""{ "backup": { "maxShrinkPercent": "a lot" } }""");
        _home.Store.Set(null, new Dictionary<string, object?> { ["backup.maxShrinkPercent"] = 50 });
        Assert.Equal(50, _home.Store.Load().Backup.MaxShrinkPercent);
    }

    [Fact]
    public void Should_say_when_it_cannot_write()
    {
        var exception = Assert.Throws<RePlexOnException>(() => _home.Store.Set("/proc/replexon.json", new Dictionary<string, object?> { ["source"] = "/a" }));
        Assert.Equal("ConfigurationNotWritable", exception.ErrorId);
    }

    [Fact]
    public void Should_write_a_secret_that_only_its_owner_can_read()
    {
        var path = _home.Path + "/new/rsync.secret";
        _home.Store.WriteSecret("~/new/rsync.secret", "hunter2 ü");

        Assert.Equal("hunter2 ü\n", File.ReadAllText(path));
        Assert.Equal(Mode600, File.GetUnixFileMode(path));
        Assert.Equal(Mode600 | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));

        // One that others can read is closed by writing it anew.
        File.SetUnixFileMode(path, Mode600 | UnixFileMode.OtherRead);
        _home.Store.WriteSecret(path, "other");
        Assert.Equal(Mode600, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("", "SecretInvalid")]
    [InlineData("hunter2\nhunter3", "SecretInvalid")]
    [InlineData("hunter2", "SecretNotWritable")]
    public void Should_refuse_a_secret_without_repeating_it(string secret, string errorId)
    {
        var exception = Assert.Throws<RePlexOnException>(() => _home.Store.WriteSecret("/proc/rsync.secret", secret));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.DoesNotContain("hunter", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_make_a_template_that_loads_as_given_and_shows_every_setting()
    {
        var path = _home.Store.Create(null, new Dictionary<string, object?> { ["target"] = "/mnt/nas", ["ssh.port"] = 2222, ["source"] = null });

        var text = _home.Read();
        Assert.Equal(_home.ConfigurationPath, path);
        Assert.Equal(["target", "ssh.port"], _home.Store.List().Where(value => value.IsSet).Select(value => value.Key));
        Assert.Equal(("/mnt/nas", 2222), (_home.Store.Load().Target, _home.Store.Load().Ssh.Port));
        Assert.All(SettingsTable.All, setting => Assert.Contains($"\"{setting.Key.Split('.')[^1]}\": ", text, StringComparison.Ordinal));
        Assert.Equal("ConfigurationExists", Assert.Throws<RePlexOnException>(() => _home.Store.Create(null, new Dictionary<string, object?>())).ErrorId);
    }

    [Fact]
    public void Should_load_a_template_with_every_comment_line_taken_in()
    {
        var lines = _home.Store.CreateTemplate(new Dictionary<string, object?>()).Split('\n')
            .Select(line => line.TrimStart().StartsWith("// \"", StringComparison.Ordinal) ? line.Replace("// \"", "\"", StringComparison.Ordinal) : line);
        _home.Write(string.Join('\n', lines));

        Assert.Empty(_home.Store.Validate());
        Assert.All(_home.Store.List(), value => Assert.True(value.IsSet));
    }

    [Fact]
    public void Should_put_a_value_below_its_comment_in_a_template_and_take_it_out_again()
    {
        var template = _home.Store.CreateTemplate(new Dictionary<string, object?> { ["target"] = "/mnt/nas" });
        _home.Write(template);

        _home.Store.Set(null, new Dictionary<string, object?> { ["backup.timeoutSeconds"] = 60 });
        Assert.Contains("    // \"timeoutSeconds\": 300,\n    \"timeoutSeconds\": 60\n", _home.Read(), StringComparison.Ordinal);

        _home.Store.Set(null, new Dictionary<string, object?> { ["backup.timeoutSeconds"] = null });
        Assert.Equal(template, _home.Read());
    }

    [Fact]
    public void Should_take_a_new_setting_by_one_line_in_the_table()
    {
        Setting[] table =
        [
            .. SettingsTable.All,
            Setting.OfFlag("newcomers.onSuccess", "Say so when all is well.", c => c.Source is not null, (c, v) => c with { Source = v ? "/yes" : null }),
            Setting.OfText("newcomers.sender", "plex@example.org", "Who writes.", c => c.Target, (c, v) => c with { Target = v }),
        ];
        var store = new ConfigurationStore(_home.Environment(), table);

        store.Create(null, new Dictionary<string, object?> { ["newcomers.onSuccess"] = "true" });
        store.Set(null, new Dictionary<string, object?> { ["newcomers.sender"] = "me" });

        Assert.Equal(("/yes", "me"), (store.Load().Source, store.Load().Target));
        Assert.Contains("// \"sender\": \"plex@example.org\",", _home.Read(), StringComparison.Ordinal);
    }
}
