using RePlexOn.Backup;
using Spectre.Console;

namespace RePlexOn.Cli;

/// <summary>Shows on a terminal how far a backup is; says nothing where there is none.</summary>
internal static class ProgressLine
{
    /// <summary>Does the work and shows its progress on standard error.</summary>
    public static Task<T> ShowAsync<T>(Func<IProgress<BackupProgress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return work(null);

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Starting");
                return work(new TaskProgress(task));
            });
    }

    private sealed class TaskProgress(ProgressTask task) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress step)
        {
            string left = step.Remaining is { } time ? $", {time:h\\:mm\\:ss} left" : "";
            task.Description = Markup.Escape(step.Text + left);
            task.IsIndeterminate = step.Percent is null;
            task.Value = step.Percent ?? 0;
        }
    }
}
