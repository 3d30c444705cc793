using System.Net.Sockets;
using System.Text;

namespace RePlexOn.Tests.Plex;

/// <summary>Answers each request on a Unix socket with one text, as Docker's engine does: HTTP/1.1, in chunks.</summary>
internal sealed class EngineApiServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _serving;

    public EngineApiServer(string socketPath, string answer, string status = "200 OK")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(socketPath)!);
        _listener.Bind(new UnixDomainSocketEndPoint(socketPath));
        _listener.Listen();
        _serving = ServeAsync(answer, status);
    }

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(string answer, string status)
    {
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptAsync();
                using var stream = new NetworkStream(connection);
                using var reader = new StreamReader(stream, Encoding.ASCII);
                Requests.Add((await reader.ReadLineAsync())!);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                var half = answer.Length / 2;
                var text = $"HTTP/1.1 {status}\r\nApi-Version: 1.47\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + $"{Chunk(answer[..half])}{Chunk(answer[half..])}0\r\n\r\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static string Chunk(string text) => text.Length == 0 ? "" : $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";
}
