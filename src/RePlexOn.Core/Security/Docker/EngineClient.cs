using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RePlexOn.Security.Docker;

/// <summary>Asks Docker's Engine API over its socket; only ever reads.</summary>
internal sealed class EngineClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _socketPath;
    private readonly HttpClient _client;

    public EngineClient(string socketPath)
    {
        _socketPath = socketPath;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync })
        {
            BaseAddress = new Uri("http://docker/"),
            Timeout = Patience,
        };
    }

    public async Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        await GetAsync("info", EngineJson.Default.EngineInfo, cancellationToken) ?? throw Unclear();

    /// <summary>All containers, stopped ones too.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(CancellationToken cancellationToken) =>
        await GetAsync("containers/json?all=1", EngineJson.Default.IReadOnlyListContainerSummary, cancellationToken) ?? throw Unclear();

    /// <summary>All about a container; null when it is gone.</summary>
    public Task<ContainerInspection?> InspectAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"containers/{Uri.EscapeDataString(id)}/json", EngineJson.Default.ContainerInspection, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(
                new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (JsonException)
        {
            throw Unclear();
        }
        catch (HttpRequestException trouble) when (trouble.InnerException is SocketException cause)
        {
            throw NotReached(cause);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            throw Unclear();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent();
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private RePlexOnException NotReached(SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AccessDenied => new RePlexOnException(
            "DockerAccessDenied", ExitCode.Refused, $"This user may not talk to Docker at {_socketPath}.",
            "Run this as root, or as a member of the group docker (which is as much as root)."),
        SocketError.ConnectionRefused => Silent(),
        _ when !File.Exists(_socketPath) => new RePlexOnException(
            "DockerNotFound", ExitCode.Failed, $"There is no Docker here: {_socketPath} does not exist.",
            "Start Docker (systemctl start docker), set DOCKER_HOST to unix:// and its socket, or give what docker inspect printed."),
        _ => Unclear(),
    };

    private RePlexOnException Silent() => new(
        "DockerSilent", ExitCode.Failed, $"Docker does not answer at {_socketPath}.",
        "See how it stands: systemctl status docker, journalctl -u docker.");

    private RePlexOnException Unclear() => new(
        "DockerAnswerInvalid", ExitCode.Failed, $"What listens at {_socketPath} does not answer as Docker does.",
        "See whether DOCKER_HOST names the right socket, and journalctl -u docker.");
}
