using System.Net;
using RePlexOn.Files;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Looks at the running server of a data directory. Its token is sent to that server alone.</summary>
/// <param name="folder">The data directory.</param>
/// <param name="preferences">What its Preferences.xml says; null where that cannot be read.</param>
/// <param name="token">The token; null where none is at hand.</param>
internal sealed class ServerVisit(string folder, PlexPreferences? preferences, PlexToken? token)
{
    /// <summary>Finds the server; null where none answers, or another one.</summary>
    public async Task<PlexServerClient?> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        PlexServerClient? client = await PlexServerClient.ConnectAsync(address, cancellationToken);
        if (client is null || preferences?.MachineIdentifier is not { } known || known == client.Identity.MachineIdentifier) return client;

        client.Dispose();
        return null;
    }

    /// <summary>The token, where it can be sent without harm; else why not.</summary>
    public (PlexToken? Token, string? WhyNot) TokenFor(PlexServerClient client)
    {
        if (token is null) return (null, "No token is at hand: this user may not read Preferences.xml, or the server belongs to no account.");
        if (preferences?.MachineIdentifier is null) return (null, "Preferences.xml does not say which server this is, and so the token was not sent.");

        // Any user of this machine can listen on a port while Plex is stopped, and claim to be it.
        return client.Address.IsLoopback && !IsOurs(client.Address.Port)
            ? (null, $"What listens on port {client.Address.Port} belongs to another user than the data directory, and so the token was not sent.")
            : (token, null);
    }

    /// <summary>Visits it.</summary>
    public async Task<RunningServer> LookAsync(PlexServerClient client, CancellationToken cancellationToken)
    {
        HttpStatusCode? stranger = await client.AskAsStrangerAsync(cancellationToken);
        (PlexToken? own, string? whyNot) = TokenFor(client);
        IReadOnlyDictionary<string, string>? settings = own is null ? null : await client.ReadSettingsAsync(own, cancellationToken);
        if (own is not null && settings is null) whyNot = "The server does not give its settings to the token in Preferences.xml.";
        return new RunningServer(client.Address, client.Identity, stranger, settings, whyNot);
    }

    private bool IsOurs(int port)
    {
        uint? owner = FileOwner.Of(folder)?.User;
        ListeningSocket[] there = [.. ListeningSocket.Read("/").Where(socket => socket.Protocol == "tcp" && socket.Port == port)];
        return there.Length > 0 && there.All(socket => socket.User == 0 || socket.User == owner);
    }
}
