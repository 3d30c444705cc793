using System.Text.Json;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.IntegrationTests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A machine that boots, whose systemd and whose cron start backups by themselves.</summary>
public sealed class SchedulesThatFireTests
{
    [Fact]
    public void Should_back_up_by_a_timer_and_by_cron_and_leave_nothing_when_removed()
    {
        using var machine = new BootedMachine();
        string byTimer = Prepare(machine, "timer"), byCron = Prepare(machine, "it's 50% of \"cron\" $HOME");

        string output = machine.Run($$"""
            replexon={{BootedMachine.Program}}
            state() (find /etc/systemd /var/lib/systemd/timers /etc/cron.d /var/spool/cron -type f -o -type l | sort)
            state > {{BootedMachine.Shared}}/before
            $replexon schedule add mirror '* * * * *' --place systemd --config {{Word(byTimer)}}
            $replexon schedule add mirror '* * * * *' --place crontab --config {{Word(byCron)}}
            crontab -l
            for i in $(seq 180); do
              for config in {{Word(byTimer)}} {{Word(byCron)}}; do
                $replexon history --json --config "$config" | grep -q '"Succeeded"' || { sleep 1; continue 2; }
              done
              break
            done
            $replexon schedule remove mirror --config {{Word(byTimer)}}
            $replexon schedule remove mirror --config {{Word(byCron)}}
            state > {{BootedMachine.Shared}}/after
            """);

        foreach (string name in (string[])["timer", "it's 50% of \"cron\" $HOME"])
        {
            using HistoryStore history = HistoryStore.Open(Path.Combine(machine.Folder, name, "state"), HistoryAccess.Read, TimeProvider.System);
            Assert.True(history.Last(RunKind.Mirror, RunStatus.Succeeded)?.Trigger == RunTrigger.Schedule, output);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(machine.Folder, "before")), File.ReadAllText(Path.Combine(machine.Folder, "after")));
    }

    /// <summary>Makes a sample server with a target and a configuration; returns the path of that as the machine sees it.</summary>
    private static string Prepare(BootedMachine machine, string name)
    {
        string outside = Path.Combine(machine.Folder, name), inside = Path.Combine(BootedMachine.Shared, name);
        SampleLibrary.Create(
            Path.Combine(outside, "plex"), new SampleOptions { Files = 20, LibraryRows = 10, AverageFileBytes = 500 }, progress: null, CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(outside, "nas"));
        File.WriteAllText(Path.Combine(outside, "replexon.json"), JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["source"] = Path.Combine(inside, "plex"), ["target"] = Path.Combine(inside, "nas"), ["stateDirectory"] = Path.Combine(inside, "state"),
        }));
        return Path.Combine(inside, "replexon.json");
    }

    private static string Word(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
