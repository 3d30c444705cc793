using System.Text;
using RePlexOn.Checks;
using RePlexOn.Files;

namespace RePlexOn.Security.Docker;

/// <summary>
/// Writes a bash script that puts issues right: limits and write permissions can be changed while a container stays as it
/// is; all else is told to be done by hand, for it takes a new container.
/// </summary>
public static class DockerRemediationScript
{
    private const UnixFileMode ScriptMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // With /bin/sh on the first line, $'…' would be read otherwise.
    private const string Opening = """
        #!/usr/bin/env bash
        # Puts right what RePlexOn found in Docker containers.
        #
        # Without an option it shows what it would do. With --apply it does it, with --undo it takes it back. It sets limits
        # and permissions; it stops, removes and makes no container, and deletes nothing.
        #
        # shellcheck disable=SC2317,SC2329 # which of the functions are called depends on what was found
        set -u

        mode=${1:-}
        failed=0

        if (($# > 1)) || [[ $mode != '' && $mode != --apply && $mode != --undo ]]; then
          printf 'usage: %s [--apply | --undo]\n' "$0" >&2
          exit 2
        fi

        issue() { # container, severity, what is wrong, what was seen
          printf '\n%s: [%s] %s\n  %s\n' "$1" "$2" "$3" "$4"
        }

        change() { # the mode it is for, the command
          local when=$1
          shift
          if [[ $mode == "$when" ]]; then
            printf '  Doing:'
            printf ' %q' "$@"
            printf '\n'
            "$@" >/dev/null || failed=$((failed + 1))
          elif [[ $mode == '' && $when == --apply ]]; then
            printf '  Would do:'
            printf ' %q' "$@"
            printf '\n'
          fi
        }

        lasting() {
          if [[ $mode == --undo ]]; then
            printf '  Stays: it can be taken back only with a new container.\n'
          fi
        }

        by_hand() { # what to do
          if [[ $mode != --undo ]]; then
            printf '  By hand: %s\n' "$1"
          fi
        }

        """;

    private const string Closing = """

        if ((failed > 0)); then
          printf '\n%d of the commands failed.\n' "$failed" >&2
          exit 1
        fi
        if [[ $mode == '' ]]; then
          printf '\nNothing was changed. With --apply, what stands after "Would do" is done.\n'
        fi

        """;

    /// <summary>The script's text.</summary>
    public static string Write(IEnumerable<DockerIssue> issues, DockerRemediationOptions options)
    {
        var script = new StringBuilder(Opening);
        foreach (DockerIssue issue in issues) Append(script, issue, options);
        return script.Append(Closing).ToString();
    }

    /// <summary>Writes the script to a file that its owner alone can read and run.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="issues">What to put right.</param>
    /// <param name="options">What to set where a limit is missing.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="RePlexOnException"><c>ScriptExists</c>, <c>ScriptNotWritten</c>: nothing was written.</exception>
    public static void WriteFile(string path, IEnumerable<DockerIssue> issues, DockerRemediationOptions options, bool overwrite)
    {
        if (!overwrite && Path.Exists(path))
        {
            throw new RePlexOnException(
                "ScriptExists", ExitCode.Usage, $"{DisplayPath.Of(path)} is there already.", "Name another file, or use force to replace it.");
        }

        try
        {
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(Write(issues, options)), ScriptMode);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "ScriptNotWritten", ExitCode.Failed, $"{DisplayPath.Of(path)} could not be written: {trouble.Message}",
                "Name a file in a folder that this user may write to.", trouble);
        }
    }

    private static void Append(StringBuilder script, DockerIssue issue, DockerRemediationOptions options)
    {
        // The issue's own texts are for reading; a title or advice of an altered one must not pass for ours.
        DockerRule? rule = DockerRules.Find(issue.Id);
        Line(script, "issue", [issue.Container, issue.Severity.ToString(), rule?.Title ?? issue.Title, issue.Evidence]);
        DockerFix? fix = issue.Status == CheckStatus.Fail ? rule?.Fix?.Invoke(issue, options) : null;
        if (fix is null || fix.Apply.Any(word => word.Contains('\0', StringComparison.Ordinal)))
        {
            Line(script, "by_hand", [rule?.Remediation ?? issue.Remediation]);
            return;
        }

        script.Append("change --apply ").AppendJoin(' ', fix.Apply.Select(BashWord.Quote)).Append('\n');
        if (fix.Undo is { } undo) script.Append("change --undo ").AppendJoin(' ', undo.Select(BashWord.Quote)).Append('\n');
        else script.Append("lasting\n");
    }

    private static void Line(StringBuilder script, string function, IEnumerable<string> texts) =>
        script.Append(function).Append(' ').AppendJoin(' ', texts.Select(text => BashWord.Quote(DisplayPath.Of(text)))).Append('\n');
}
