using System.Globalization;
using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Security.Fail2ban;

/// <summary>The jail: which log, how many refusals, for how long, and who is never banned.</summary>
internal static class JailText
{
    /// <summary>The file's text.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="log">Full path of the log.</param>
    /// <param name="zone">The zone of its times, as fail2ban writes it; null for that of this machine.</param>
    /// <param name="settings">Who is trusted.</param>
    /// <exception cref="RePlexOnException"><c>AddressInvalid</c>.</exception>
    public static string For(Fail2banOptions options, string log, string? zone, AccessSettings settings)
    {
        IEnumerable<string> ignored =
        [
            .. KnownAddress.LocalRanges,
            .. AddressRanges.Parse("access.trustedProxies", settings.TrustedProxies).Texts,
            .. AddressRanges.Parse("access.ignore", settings.Ignore).Texts,
        ];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {Fail2banFolder.Mark} Uninstall-PlexFail2banJail (replexon fail2ban uninstall) takes it back.
            [{Fail2banFolder.Jail}]
            enabled = true
            filter = {Fail2banFolder.Jail}
            backend = auto
            logpath = {Glob(log)}
            logencoding = utf-8
            usedns = no
            # This machine, private networks, and whom the settings access.trustedProxies and access.ignore name.
            ignoreself = true
            ignoreip = {string.Join(' ', ignored)}
            maxretry = {options.MaxRetry}
            findtime = {Seconds(options.FindTime)}
            bantime = {Seconds(options.BanTime)}
            bantime.increment = true
            action = {Fail2banFolder.Jail}[port="{string.Join(',', options.Ports)}"]

            """);
        if (zone is not null)
            text.Append(CultureInfo.InvariantCulture, $"# The server writes the time of another zone than this machine's.\nlogtimezone = {zone}\n");
        return text.ToString();
    }

    /// <summary>
    /// A path as <c>logpath</c> takes it: a pattern, cut at white space, in which <c>%</c> and <c>&lt;</c> mean something. So
    /// whatever is not plain becomes <c>?</c>, which stands for any one character.
    /// </summary>
    public static string Glob(string path)
    {
        var glob = new StringBuilder();
        foreach (Rune one in path.EnumerateRunes())
            glob.Append(Rune.IsLetterOrDigit(one) && one.IsAscii || one.Value is '/' or '.' or '-' or '_' ? (char)one.Value : '?');
        return glob.ToString();
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;
}
