using RePlexOn.Files;

namespace RePlexOn.Security.Audit;

/// <summary>Makes changes, all or none: what was made before one fails is taken back.</summary>
/// <param name="door">The way to the settings; null where no setting is to be changed.</param>
internal sealed class ChangeMaker(ISettingsDoor? door)
{
    /// <summary>How a thing stands: a setting's value, null for none; a path's mode, null for a path that is gone.</summary>
    public async Task<string?> ReadAsync(ProtectionChange change, CancellationToken cancellationToken) => change.Kind == ProtectionKind.Setting
        ? (await door!.ReadAsync(cancellationToken)).GetValueOrDefault(change.Subject)
        : FileStatus.Read(change.Subject) is { } status ? FileLook.Octal(status.Mode) : null;

    /// <summary>Makes them.</summary>
    /// <exception cref="RePlexOnException"><c>ProtectionFailed</c>, or what the way to the settings throws.</exception>
    public async Task MakeAsync(IReadOnlyList<ProtectionChange> changes, CancellationToken cancellationToken)
    {
        var made = new List<ProtectionChange>();
        try
        {
            foreach (ProtectionChange change in changes.Where(one => one.Kind == ProtectionKind.FileMode))
            {
                SetMode(change);
                made.Add(change);
            }

            Dictionary<string, string?> settings = changes.Where(one => one.Kind == ProtectionKind.Setting).ToDictionary(one => one.Subject, one => one.After);
            if (settings.Count > 0) await WriteAsync(changes, settings, cancellationToken);
        }
        catch (Exception trouble) when (trouble is RePlexOnException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            foreach (ProtectionChange change in Enumerable.Reverse(made)) SetMode(change.Reversed);
            if (trouble is RePlexOnException or OperationCanceledException) throw;
            throw new RePlexOnException(
                "ProtectionFailed", ExitCode.Failed, $"Nothing was changed: {trouble.Message}", "Run it as root, or as the user whose files these are.", trouble);
        }
    }

    private async Task WriteAsync(IReadOnlyList<ProtectionChange> changes, Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        try
        {
            await door!.WriteAsync(settings, cancellationToken);
        }
        catch (RePlexOnException trouble) when (trouble.ErrorId == "PlexRefusedSettings")
        {
            // The server may have taken some of them.
            IReadOnlyDictionary<string, string> now = await door!.ReadAsync(CancellationToken.None);
            Dictionary<string, string?> back = changes
                .Where(one => one.Kind == ProtectionKind.Setting && now.GetValueOrDefault(one.Subject) != one.Before)
                .ToDictionary(one => one.Subject, one => one.Before);
            if (back.Count > 0) await door.WriteAsync(back, CancellationToken.None);
            throw;
        }
    }

    private static void SetMode(ProtectionChange change) =>
        File.SetUnixFileMode(change.Subject, (UnixFileMode)Convert.ToInt32(change.After, 8));
}
