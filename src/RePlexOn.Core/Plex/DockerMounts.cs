using System.Net.Sockets;
using System.Text.Json;

namespace RePlexOn.Plex;

/// <summary>Asks Docker's Engine API over its socket which folders containers see. Needs no docker program.</summary>
internal static class DockerMounts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The mounts of all containers, stopped ones too; none when there is no Docker that this user may ask.</summary>
    public static IReadOnlyList<DockerMount> Find(string socketPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(socketPath))
            return [];
        try
        {
            using var handler = new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(Connect(socketPath)),
            };
            using var client = new HttpClient(handler) { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/containers/json?all=1");
            using var response = client.Send(request, cancellationToken);
            response.EnsureSuccessStatusCode();
            using var containers = JsonDocument.Parse(response.Content.ReadAsStream(cancellationToken));
            return [.. containers.RootElement.EnumerateArray().SelectMany(ReadContainer)];
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or JsonException
            or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return []; // it did not answer in time
        }
    }

    private static NetworkStream Connect(string socketPath)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IEnumerable<DockerMount> ReadContainer(JsonElement container)
    {
        var names = container.GetProperty("Names");
        var name = names.GetArrayLength() > 0 ? names[0].GetString()!.TrimStart('/') : container.GetProperty("Id").GetString()!;
        var image = container.GetProperty("Image").GetString()!;
        foreach (var mount in container.GetProperty("Mounts").EnumerateArray())
        {
            // A tmpfs has no source.
            if (mount.TryGetProperty("Source", out var source) && source.GetString() is ['/', ..] path)
                yield return new DockerMount(name, image, path, mount.GetProperty("Destination").GetString()!);
        }
    }
}
