using System.Net;
using System.Text;
using System.Text.Json;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

/// <summary>
/// Stands in for Plex itself, which cannot be had here: a real HTTP server on a free port of the loopback that answers
/// <c>/identity</c>, <c>/:/prefs</c> (GET and PUT) and <c>/library/sections</c> as recorded servers do.
/// </summary>
internal sealed class PlexStandIn : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public PlexStandIn(string machineIdentifier, string token)
    {
        _listener = WebServer.Listen(out int port);
        Port = port;
        MachineIdentifier = machineIdentifier;
        Token = token;
        _serving = Task.Run(ServeAsync);
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    public string MachineIdentifier { get; }

    public string Token { get; }

    public string Version { get; set; } = "1.43.4.10903-e5521bd8c";

    public bool Claimed { get; set; } = true;

    public bool AllowsStrangers { get; set; }

    /// <summary>A key whose new value it does not take, as Plex does with what it finds out of bounds.</summary>
    public string? Stubborn { get; set; }

    public Dictionary<string, string> Settings { get; } = new() { ["secureConnections"] = "1", ["LogTokensForDebug"] = "0" };

    /// <summary>Method, path and whether the right token came with it.</summary>
    public List<(string Method, string Path, bool HadToken)> Requests { get; } = [];

    public string SharedServers { get; set; } = "";

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        bool isKnown = request.Headers["X-Plex-Token"] == Token;
        string path = request.Url!.AbsolutePath;
        lock (Requests) Requests.Add((request.HttpMethod, path, isKnown));
        string? body = (request.HttpMethod, path) switch
        {
            ("GET", "/identity") => JsonSerializer.Serialize(new
            {
                MediaContainer = new { size = 0, apiVersion = "1.2.3", claimed = Claimed, machineIdentifier = MachineIdentifier, version = Version },
            }),
            ("GET", "/library/sections") when isKnown || AllowsStrangers => """{"MediaContainer":{"size":0,"title1":"Plex Library"}}""",
            ("GET", "/:/prefs") when isKnown => Preferences(),
            ("PUT", "/:/prefs") when isKnown => Set(request),
            ("GET", var shared) when isKnown && shared.StartsWith("/api/servers/", StringComparison.Ordinal) => SharedServers,
            _ => null,
        };
        context.Response.StatusCode = body is null ? 401 : 200;
        context.Response.ContentType = body is null ? "text/html" : "application/json";
        byte[] bytes = Encoding.UTF8.GetBytes(body ?? "<html><head><title>Unauthorized</title></head><body><h1>401 Unauthorized</h1></body></html>");
        context.Response.OutputStream.Write(bytes);
        context.Response.Close();
    }

    private string Preferences() => JsonSerializer.Serialize(new
    {
        MediaContainer = new
        {
            size = Settings.Count,
            Setting = Settings.Select(one => new { id = one.Key, label = "", summary = "", type = TypeOf(one.Value), value = ValueOf(one.Value), hidden = false })
                .Append(new { id = "PlexOnlineToken", label = "", summary = "", type = "text", value = (object)Token, hidden = true }),
        },
    });

    private string Set(HttpListenerRequest request)
    {
        foreach (string key in request.QueryString.AllKeys.OfType<string>().Where(key => key != Stubborn)) Settings[key] = request.QueryString[key]!;
        return "";
    }

    private static string TypeOf(string value) => value is "0" or "1" ? "bool" : int.TryParse(value, out _) ? "int" : "text";

    private static object ValueOf(string value) => value switch
    {
        "0" => false,
        "1" => true,
        _ => value,
    };
}
