using System.Net;
using System.Text;
using System.Text.Json;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A real web server on 127.0.0.1 that keeps what it gets, and answers as the test wants.</summary>
public sealed class WebServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Queue<(int Status, string? Location)> _answers = new();
    private readonly List<ReceivedRequest> _requests = [];

    public WebServer()
    {
        _listener = Listen(out int port);
        Address = $"http://127.0.0.1:{port}";
        _ = ServeAsync();
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>What it got so far.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    /// <summary>Begins to listen for HTTP on a free port of the loopback.</summary>
    public static HttpListener Listen(out int port)
    {
        while (true)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port = Server.FreePort()}/");
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // Another test took the port a moment before.
                listener.Close();
            }
        }
    }

    /// <summary>The next requests are answered so; those after them with 200.</summary>
    public void Answer(params ReadOnlySpan<int> statuses)
    {
        lock (_requests)
        {
            foreach (int status in statuses) _answers.Enqueue((status, null));
        }
    }

    /// <summary>The next request is sent elsewhere.</summary>
    public void Redirect(string location)
    {
        lock (_requests) _answers.Enqueue((307, location));
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        (int Status, string? Location) answer = (200, null);
        lock (_requests)
        {
            _requests.Add(new ReceivedRequest(
                context.Request.HttpMethod, context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"],
                context.Request.ContentType ?? "", body));
            if (_answers.Count > 0) answer = _answers.Dequeue();
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Location is { } location) context.Response.Headers["Location"] = location;
        context.Response.Close();
    }
}

/// <summary>A request that the server got.</summary>
public sealed record ReceivedRequest(string Method, string Path, string? Authorization, string ContentType, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
