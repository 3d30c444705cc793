using System.Diagnostics;

namespace RePlexOn.Tests.Schedules;

/// <summary>A user of a test's own, with a crontab of its own; both are gone afterwards.</summary>
public sealed class ScratchUser : IDisposable
{
    public ScratchUser() => Assert.Equal(0, Run("useradd", "--system", "--no-create-home", Name).ExitCode);

    public string Name { get; } = $"rpxtest{Guid.NewGuid():N}"[..20];

    public (int ExitCode, string Output, string Errors) Crontab(params string[] arguments) => Run("crontab", ["-u", Name, .. arguments]);

    /// <summary>Installs a crontab as a user would.</summary>
    public (int ExitCode, string Output, string Errors) Install(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return Crontab(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        Crontab("-r");
        Assert.Equal(0, Run("userdel", Name).ExitCode);
    }

    internal static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["LC_ALL"] = "C" },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
