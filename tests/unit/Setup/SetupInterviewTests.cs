using RePlexOn.Demo;
using RePlexOn.Schedules;
using RePlexOn.Setup;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Setup;

/// <summary>What set-up asks, with answers that are known beforehand, against a real rsync daemon.</summary>
public sealed class SetupInterviewTests(RsyncDaemon daemon) : IClassFixture<RsyncDaemon>, IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string Source
    {
        get
        {
            string path = _scratch.At("Plex Media Server");
            SampleLibrary.Create(path, new SampleOptions { Files = 5, LibraryRows = 5 }, null, default);
            return path;
        }
    }

    [Fact]
    public async Task Should_ask_for_source_target_password_and_schedules()
    {
        string source = Source;
        var answers = new Answers("/nowhere", source, daemon.Url, "wrong password", await PasswordAsync(), "y", "n", "", "n", "not an address", "me@example.org");

        SetupOptions options = await AskAsync(answers, new SetupOptions());

        Assert.Equal((source, daemon.Url), (options.Values.Source, options.Values.Target));
        Assert.Equal(await PasswordAsync(), options.Password);
        Assert.Equal([ScheduleJob.Mirror, ScheduleJob.ConfigBackup], options.Schedules);
        Assert.Equal("me@example.org", options.MailTo);
        Assert.Empty(answers.Left);
        Assert.DoesNotContain(answers.Said, said => said.Contains(options.Password!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_ask_for_another_target_where_one_does_not_answer()
    {
        string nas = _scratch.Folder("nas");
        var answers = new Answers("rsync://127.0.0.1:1/plex", "", "n", "no target", nas, "n", "n", "n", "n", "");

        SetupOptions options = await AskAsync(answers, Given());

        Assert.Equal(nas, options.Values.Target);
        Assert.Empty(options.Schedules);
        Assert.Empty(answers.Left);
    }

    [Fact]
    public async Task Should_take_a_target_that_does_not_answer_where_that_is_wished()
    {
        var answers = new Answers("rsync://127.0.0.1:1/plex", "later", "y", "n", "n", "n", "n", "");

        SetupOptions options = await AskAsync(answers, Given());

        Assert.Equal("rsync://127.0.0.1:1/plex", options.Values.Target);
        Assert.Equal("later", options.Password);
    }

    [Fact]
    public async Task Should_stop_where_nobody_answers() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() => AskAsync(new Answers(), new SetupOptions()));

    private SetupOptions Given() => new() { Values = new() { Source = Source } };

    private async Task<string> PasswordAsync() => (await File.ReadAllTextAsync(daemon.PasswordFile)).Trim();

    private Task<SetupOptions> AskAsync(Answers answers, SetupOptions given)
    {
        var schedules = new ScheduleBook(TimeProvider.System, [new CrontabHome(new CronDFile(_scratch.At("none")))], []);
        SetupFindings found = new SetupSurvey(_scratch.Folder("machine")).Look(_scratch.At("replexon.json"), given.Values, default);
        return new SetupInterview(answers, schedules).RunAsync(given, found, default);
    }

    private sealed class Answers(params string[] answers) : ISetupDialogue
    {
        public Queue<string> Left { get; } = new(answers);

        public List<string> Said { get; } = [];

        public void Say(string text) => Said.Add(text);

        public string Ask(string question, string? usual)
        {
            Said.Add(question);
            string answer = Left.TryDequeue(out string? next) ? next : throw new OperationCanceledException();
            return answer.Length == 0 ? usual ?? "" : answer;
        }

        public string AskSecret(string question) => Ask(question, null);

        public bool Confirm(string question, bool usual) => Ask(question, null) switch { "y" => true, "n" => false, _ => usual };
    }
}
