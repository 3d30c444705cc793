namespace RePlexOn.Security.Audit;

/// <summary>A way to the server's settings: its API while it runs, its file while it is stopped.</summary>
internal interface ISettingsDoor
{
    /// <summary>What is set now; secrets are left out.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets values, all or none; null takes one back to Plex's default.</summary>
    /// <exception cref="RePlexOnException">They could not be set.</exception>
    Task WriteAsync(IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken);
}
