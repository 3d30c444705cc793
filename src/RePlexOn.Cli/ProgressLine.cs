using RePlexOn.Backup;
using Spectre.Console;

namespace RePlexOn.Cli;

/// <summary>Shows on a terminal how far a piece of work is; says nothing where there is none.</summary>
internal static class ProgressLine
{
    /// <summary>Does the work of a backup and shows its progress on standard error.</summary>
    public static Task<T> ShowAsync<T>(Func<IProgress<BackupProgress>?, Task<T>> work) => ShowAsync(Describe, work);

    /// <summary>Does the work and shows its progress on standard error.</summary>
    /// <param name="describe">Turns a report of the work into a line, and the share done in percent where that is known.</param>
    /// <param name="work">The work.</param>
    public static Task<T> ShowAsync<TStep, T>(Func<TStep, (string Text, int? Percent)> describe, Func<IProgress<TStep>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return work(null);

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Starting");
                return work(new TaskProgress<TStep>(task, describe));
            });
    }

    private static (string Text, int? Percent) Describe(BackupProgress step)
    {
        string left = step.Remaining is { } time ? $", {time:h\\:mm\\:ss} left" : "";
        return (step.Text + left, step.Percent);
    }

    private sealed class TaskProgress<TStep>(ProgressTask task, Func<TStep, (string Text, int? Percent)> describe) : IProgress<TStep>
    {
        public void Report(TStep step)
        {
            (string text, int? percent) = describe(step);
            task.Description = Markup.Escape(text);
            task.IsIndeterminate = percent is null;
            task.Value = percent ?? 0;
        }
    }
}
