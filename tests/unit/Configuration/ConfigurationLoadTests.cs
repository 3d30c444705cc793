using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Configuration;

public sealed class ConfigurationLoadTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Should_load_every_setting_with_comments_and_trailing_commas()
    {
        var path = _home.Write("""
            // mine
            {
              "source": "~/Plex Media Server/", /* here */
              "target": "rsync://backupuser@192.168.1.100/plex-backups",
              "passwordFile": "/etc/replexon/rsync.secret",
              "stateDirectory": "/srv/state",
              "backup": {
                "exclude": ["/Media/**/*.bif", "ü \" \\ \u0041",],
                "maxShrinkPercent": 10, "fullPassEveryDays": 0, "bandwidthLimitKiB": 2048,
                "timeoutSeconds": 60, "connectTimeoutSeconds": 5,
              },
              "ssh": { "identityFile": null, "knownHostsFile": "/k", "port": 2222 },
            }
            // end
            """);

        var configuration = _home.Store.Load();

        Assert.Equal(path, configuration.FilePath);
        Assert.Equal(_home.Path + "/Plex Media Server", configuration.Source);
        Assert.Equal("rsync://backupuser@192.168.1.100/plex-backups", configuration.Target);
        Assert.Equal("/etc/replexon/rsync.secret", configuration.PasswordFile);
        Assert.Equal("/srv/state", configuration.StateDirectory);
        Assert.Equal("/srv/state/staging", configuration.StagingDirectory);
        Assert.Equal(["/Media/**/*.bif", "ü \" \\ A"], configuration.Backup.Exclude);
        Assert.Equal((10, 0, 2048, 60, 5), (configuration.Backup.MaxShrinkPercent, configuration.Backup.FullPassEveryDays,
            configuration.Backup.BandwidthLimitKiB, configuration.Backup.TimeoutSeconds, configuration.Backup.ConnectTimeoutSeconds));
        Assert.Equal((null, "/k", 2222), (configuration.Ssh.IdentityFile, configuration.Ssh.KnownHostsFile, configuration.Ssh.Port));
    }

    [Fact]
    public void Should_give_the_defaults_when_the_default_file_is_missing()
    {
        var configuration = _home.Store.Load();

        Assert.Null(configuration.FilePath);
        Assert.Null(configuration.Target);
        Assert.Equal(_home.Path + "/.local/state/replexon", configuration.StateDirectory);
        Assert.Equal(_home.Path + "/.local/state/replexon/staging", configuration.StagingDirectory);
        Assert.Equal(25, configuration.Backup.MaxShrinkPercent);
        Assert.Empty(_home.Store.Validate());
    }

    [Fact]
    public void Should_refuse_a_missing_file_that_was_asked_for()
    {
        var byArgument = Assert.Throws<RePlexOnException>(() => _home.Store.Load(_home.Path + "/no.json"));
        Assert.Equal(("ConfigurationMissing", ExitCode.Usage), (byArgument.ErrorId, byArgument.ExitCode));
        Assert.Contains("/no.json", byArgument.Message, StringComparison.Ordinal);

        var store = new ConfigurationStore(_home.Environment(variables: (UserEnvironment.ConfigurationVariable, "/no/such.json")));
        Assert.Equal("ConfigurationMissing", Assert.Throws<RePlexOnException>(() => store.Load()).ErrorId);
        Assert.Contains("/no/such.json", Assert.Single(store.Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_look_for_the_file_where_it_is_promised_to_be()
    {
        var variable = (UserEnvironment.ConfigurationVariable, "~/other.json");
        Assert.Equal("/a/b.json", new ConfigurationStore(_home.Environment(variables: variable)).ResolvePath("/a/b.json"));
        Assert.Equal(_home.Path + "/other.json", new ConfigurationStore(_home.Environment(isRoot: true, variable)).ResolvePath());
        Assert.Equal("/etc/replexon/replexon.json", new ConfigurationStore(_home.Environment(isRoot: true)).ResolvePath());
        Assert.Equal(_home.ConfigurationPath, _home.Store.ResolvePath());
        Assert.Equal("/xdg/replexon/replexon.json", new ConfigurationStore(_home.Environment(variables: ("XDG_CONFIG_HOME", "/xdg"))).ResolvePath());
        Assert.Equal(_home.ConfigurationPath, new ConfigurationStore(_home.Environment(variables: ("XDG_CONFIG_HOME", "relative"))).ResolvePath());
        Assert.Equal("/var/lib/replexon", _home.Environment(isRoot: true).DefaultStateDirectory);
        Assert.Equal("/xdg/replexon", _home.Environment(variables: ("XDG_STATE_HOME", "/xdg")).DefaultStateDirectory);
    }

    [Theory]
    [InlineData("""{ "backup": { "maxShrinkPercnt": 1 } }""", "unknown key 'backup.maxShrinkPercnt'; did you mean 'backup.maxShrinkPercent'?")]
    [InlineData("""{ "maxShrinkPercent": 1 }""", "did you mean 'backup.maxShrinkPercent'?")]
    [InlineData("""{ "Target": "/mnt" }""", "did you mean 'target'?")]
    [InlineData("""{ "bakup": { "exclude": [] } }""", "unknown key 'bakup'; did you mean 'backup'?")]
    [InlineData("""{ "colour": "red" }""", "unknown key 'colour'.")]
    [InlineData("""{ "backup": { "timeoutSeconds": "60" } }""", "'backup.timeoutSeconds' must be a whole number from 10 to 86400 seconds, not a text")]
    [InlineData("""{ "backup": { "timeoutSeconds": 60.5 } }""", "not 60.5")]
    [InlineData("""{ "backup": { "maxShrinkPercent": 101 } }""", "'backup.maxShrinkPercent' is 101, but must be a whole number from 0 to 100 percent")]
    [InlineData("""{ "backup": { "maxShrinkPercent": -1 } }""", "is -1")]
    [InlineData("""{ "backup": { "maxShrinkPercent": 99999999999999999999 } }""", "is 99999999999999999999")]
    [InlineData("""{ "backup": { "exclude": "/a" } }""", "'backup.exclude' must be a list of texts between [ and ], not a text")]
    [InlineData("""{ "backup": { "exclude": ["/a", 1] } }""", "must hold texts in double quotes, not a number")]
    [InlineData("""{ "backup": { "exclude": [""] } }""", "holds an empty entry")]
    [InlineData("""{ "backup": 5 }""", "'backup' must be a group of settings between { and }")]
    [InlineData("""{ "source": { } }""", "'source' must be an absolute path in double quotes, not an object { }")]
    [InlineData("""{ "source": "plex" }""", "'source' is not an absolute path")]
    [InlineData("""{ "source": "~plex/x" }""", "'source' is not an absolute path")]
    [InlineData("""{ "source": " " }""", "'source' is empty")]
    [InlineData("""{ "source": "/a\u0000b" }""", "'source' holds a control character")]
    [InlineData("""{ "target": "/a", "target": "/b" }""", "'target' is there twice, first in line 1")]
    [InlineData("""[]""", "the settings must stand between { and }")]
    [InlineData("""{ "target": "\ud800" }""", "a \\u escape here stands for no character")]
    [InlineData("{ \"target\": \"/a\"\n  \"source\": \"/b\" }", "line 2, column 3: not valid JSON: '\"' is invalid after a value. Expected either ',', '}', or ']'")]
    [InlineData("{ \"source\": hunter2 }", "line 1, column 13: not valid JSON: ")]
    [InlineData("{ \"source\": \"/a\" } }", "not valid JSON")]
    [InlineData("{ \"source\": \"/a\"", "not valid JSON: expected depth to be zero")]
    [InlineData("", "the file is empty")]
    [InlineData(" \n\t", "the file is empty")]
    [InlineData("// nothing\n", "the settings must stand between { and }")]
    public void Should_say_what_is_wrong(string text, string message)
    {
        var path = _home.Write(text);

        var exception = Assert.Throws<RePlexOnException>(() => _home.Store.Load());

        Assert.Equal(("ConfigurationInvalid", ExitCode.Usage), (exception.ErrorId, exception.ExitCode));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.Advice);
        Assert.DoesNotContain("hunter2", exception.Message + exception.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_line_and_column_of_every_problem_at_once()
    {
        _home.Write("{\n  \"sorce\": \"/a\", // ü\n  /* ü */ \"backup\": {\n    \"maxShrinkPercent\": 200\n  },\n  \"source\": 1\n}");

        var problems = _home.Store.Validate();

        Assert.Equal(
            [("sorce", 2, 3), ("backup.maxShrinkPercent", 4, 25), ("source", 6, 13)],
            problems.Select(problem => (problem.Key, problem.Line, problem.Column)).Select(place => (place.Key!, place.Line!.Value, place.Column!.Value)));
        Assert.Contains("line 2, column 3: unknown key 'sorce'; did you mean 'source'? (and 2 more problems).",
            Assert.Throws<RePlexOnException>(() => _home.Store.Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsync://user:hunter2@host/module")]
    [InlineData("rsync://user:hunter2@host:873/module")]
    [InlineData("rsync://user:hun/ter2@host/module")]
    [InlineData("rsync://user:hunter2@[::1]/module")]
    [InlineData("rsync://user%3Ahunter2@host/module")]
    [InlineData("ssh://user:hunter2@host/path")]
    [InlineData("user:hunter2@host:/path")]
    [InlineData("user:hunter2@host::module")]
    [InlineData("user:hun/ter2@host:/path")]
    [InlineData("user:hun@ter2@host:/path")]
    [InlineData("rsync://us@er:hunter2@host/module")]
    public void Should_refuse_a_password_in_the_target_without_repeating_it(string target)
    {
        _home.Write($$"""{ "target": "{{target}}" }""");

        var exception = Assert.Throws<RePlexOnException>(() => _home.Store.Load());

        Assert.Contains("'target' holds a password", exception.Message, StringComparison.Ordinal);
        Assert.Contains("passwordFile", exception.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("hun", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnt/nas")]
    [InlineData("nas")]
    [InlineData("smb://nas/share")]
    [InlineData("nfs://nas/share")]
    [InlineData("ftp://nas/share")]
    [InlineData(@"C:\\plex")]
    [InlineData(@"\\\\nas\\share")]
    [InlineData("/mnt/a\\nb")]
    public void Should_refuse_a_target_no_backup_can_go_to(string target)
    {
        _home.Write($$"""{ "target": "{{target}}" }""");

        Assert.StartsWith("'target' ", Assert.Single(_home.Store.Validate()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsync://host/module")]
    [InlineData("rsync://user@host:873/module/p@th")]
    [InlineData("rsync://host:873/module/a@b")]
    [InlineData("rsync://user@[fe80::1]:873/module")]
    [InlineData("rsync://[::1]/mod/a@b")]
    [InlineData("ssh://user@host:2222/path")]
    [InlineData("user@host:/path/a:b@c")]
    [InlineData("user@host::module/a@b")]
    [InlineData("host::module/a@b")]
    [InlineData("host::mod@le")]
    [InlineData("user@host:dir@x")]
    [InlineData("host:dir/a@b")]
    [InlineData("host:relative/path")]
    [InlineData("user@[::1]:/path")]
    [InlineData("/mnt/nas: it's @ home")]
    public void Should_take_a_target(string target)
    {
        _home.Write($$"""{ "target": "{{target}}" }""");

        Assert.Empty(_home.Store.Validate());
        Assert.Equal(target, _home.Store.Load().Target);
    }

    [Fact]
    public void Should_read_past_a_byte_order_mark_and_refuse_other_encodings()
    {
        _home.Write([.. Encoding.UTF8.Preamble, .. "{ \"source\": \"/a\", \"x\": 1 }"u8]);
        Assert.Equal(("x", 19), Assert.Single(_home.Store.Validate().Select(problem => (problem.Key, problem.Column - 1))));

        _home.Write([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")]);
        Assert.Contains("UTF-16", Assert.Single(_home.Store.Validate()).Message, StringComparison.Ordinal);

        _home.Write([.. "{\n  \"source\": \"/caf"u8, 0xE9, .. "\" }"u8]);
        var problem = Assert.Single(_home.Store.Validate());
        Assert.Equal((2, 18), (problem.Line, problem.Column));
        Assert.Contains("not UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_when_the_file_is_a_folder_too_large_or_not_readable()
    {
        Directory.CreateDirectory(_home.ConfigurationPath);
        Assert.Contains("is a folder", Unreadable(null).Message, StringComparison.Ordinal);
        Assert.Contains("larger than 1 MiB", Unreadable("/dev/zero").Message, StringComparison.Ordinal);

        Directory.Delete(_home.ConfigurationPath);
        File.SetUnixFileMode(_home.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_home.Write("{}"), UnixFileMode.UserRead);
        AsNobody.Run(() => Unreadable(_home.ConfigurationPath));

        // Even root may not read this one.
        Assert.Contains("cannot be read", Unreadable("/proc/self/mem").Message, StringComparison.Ordinal);

        RePlexOnException Unreadable(string? path)
        {
            var exception = Assert.Throws<RePlexOnException>(() => _home.Store.Load(path));
            Assert.Equal("ConfigurationUnreadable", exception.ErrorId);
            return exception;
        }
    }

    [Fact]
    public void Should_list_every_setting_with_value_default_and_whether_it_is_set()
    {
        _home.Write("""{ "backup": { "maxShrinkPercent": 25, "timeoutSeconds": 60 } }""");

        var values = _home.Store.List();

        Assert.Equal(SettingsTable.All.Select(setting => setting.Key), values.Select(value => value.Key));
        Assert.Equal([(25, true), (7, false), (60, true)], new[] { "backup.maxShrinkPercent", "backup.fullPassEveryDays", "backup.timeoutSeconds" }
            .Select(key => values.Single(value => value.Key == key)).Select(value => ((int)value.Value!, value.IsSet)));
        Assert.Equal(300, values.Single(value => value.Key == "backup.timeoutSeconds").Default);
        Assert.All(values, value => Assert.NotEmpty(value.Description));
    }

    [Fact]
    public void Should_tell_what_is_right_and_what_is_wrong_in_one_reading()
    {
        string path = _home.Write("""{ "stateDirectory": "/srv/state", "source": 7 }""");

        LoadedConfiguration loaded = _home.Store.Read(explicitPath: null);

        Assert.Equal(("/srv/state", path), (loaded.WhatIsRight.StateDirectory, loaded.WhatIsRight.FilePath));
        Assert.Equal("ConfigurationInvalid", loaded.Trouble?.ErrorId);
        Assert.Same(loaded.Trouble, Assert.Throws<RePlexOnException>(loaded.Whole));
    }
}
