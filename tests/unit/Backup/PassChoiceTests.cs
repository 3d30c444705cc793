using RePlexOn.Backup;
using RePlexOn.Files;

namespace RePlexOn.Tests.Backup;

public sealed class PassChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly FileIndexHeader Header = new("run-1", "local:/nas", "/plex", "rules", Now.AddDays(-1), Now.AddDays(-1));
    private static readonly BackupManifest Whole = new()
    {
        Complete = true, RunId = "run-1", ToolVersion = "0.1.0", Host = "host", Source = "/plex", StartedAt = Now.AddDays(-1),
    };

    [Fact]
    public void Should_trust_an_index_of_the_run_that_the_manifest_names() =>
        Assert.Equal(MirrorPass.Delta, Choose(Whole, Header).Pass);

    [Fact]
    public void Should_make_a_plain_full_pass_to_an_empty_mirror() =>
        Assert.Equal(MirrorPass.Full, Choose(new MirrorState(IsEmpty: true, null), Header).Pass);

    [Fact]
    public void Should_compare_by_content_with_a_mirror_that_is_not_ours() =>
        Assert.Equal(MirrorPass.FullByContent, Choose(new MirrorState(IsEmpty: false, null), Header).Pass);

    [Fact]
    public void Should_compare_by_content_without_an_index()
    {
        PassChoice choice = PassChoice.Choose(
            new MirrorState(false, Whole), new FileIndexReadResult(null, null, "it is damaged"), Header, false, TimeSpan.FromDays(7), Now);
        Assert.Equal(MirrorPass.FullByContent, choice.Pass);
        Assert.Contains("it is damaged", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_compare_by_content_when_the_index_is_of_something_else()
    {
        FileIndexHeader[] others =
        [
            Header with { TargetIdentity = "local:/other" },
            Header with { SourcePath = "/other" },
            Header with { PatternsFingerprint = "other rules" },
            Header with { RunId = "run-0" },
        ];
        Assert.All(others, other => Assert.Equal(MirrorPass.FullByContent, Choose(Whole, other).Pass));
        Assert.Equal(others.Length, others.Select(other => Choose(Whole, other).Reason).Distinct().Count());
    }

    [Fact]
    public void Should_build_on_the_index_after_a_run_that_did_not_finish()
    {
        BackupManifest torn = Whole with { Complete = false, RunId = "run-2", BasedOnRunId = "run-1" };
        Assert.Equal(MirrorPass.Full, Choose(torn, Header).Pass);
        Assert.Equal(MirrorPass.FullByContent, Choose(torn with { BasedOnRunId = "run-0" }, Header).Pass);
        Assert.Equal(MirrorPass.FullByContent, Choose(torn with { BasedOnRunId = null }, Header).Pass);
    }

    [Fact]
    public void Should_make_a_full_pass_when_asked_when_due_and_after_an_incomplete_run()
    {
        Assert.Equal(MirrorPass.Full, Choose(Whole, Header, full: true).Pass);
        Assert.Equal(MirrorPass.Full, Choose(Whole, Header with { LastFullPassAt = Now.AddDays(-7) }).Pass);
        Assert.Equal(MirrorPass.Delta, Choose(Whole, Header with { LastFullPassAt = Now.AddDays(-7).AddMinutes(1) }).Pass);
        Assert.Equal(MirrorPass.Full, Choose(Whole, Header with { Incomplete = true }).Pass);
    }

    [Fact]
    public void Should_not_trust_a_full_pass_in_the_future() =>
        Assert.Equal(MirrorPass.Full, Choose(Whole, Header with { LastFullPassAt = Now.AddDays(1) }).Pass);

    private static PassChoice Choose(BackupManifest manifest, FileIndexHeader header, bool full = false) =>
        Choose(new MirrorState(IsEmpty: false, manifest), header, full);

    private static PassChoice Choose(MirrorState mirror, FileIndexHeader header, bool full = false) => PassChoice.Choose(
        mirror, new FileIndexReadResult(header, null, null), Header, full, TimeSpan.FromDays(7), Now);
}
