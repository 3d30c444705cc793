using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace RePlexOn.Alerts;

/// <summary>
/// Posts to secret addresses: certificates are checked, redirects are not followed (they could lead a secret elsewhere),
/// and what goes wrong is said without the address.
/// </summary>
internal sealed class WebClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout,
    })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Posts a text.</summary>
    /// <param name="where">Host and credentials.</param>
    /// <param name="address">The address itself.</param>
    /// <param name="content">What to post.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It was not taken.</exception>
    public async Task PostAsync(SecretAddress where, Uri address, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("RePlexOn", RunningTool.Version));
        if (where.Login is { } login)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        else if (where.Token is { } token)
            request.Headers.Authorization = new("Bearer", token);

        try
        {
            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            Check(where, answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Trouble("WebSilent", ExitCode.TargetUnreachable, $"{where} did not answer within {Timeout.TotalSeconds:0} seconds.",
                "See whether the service is up; the alert is tried again with the next run or check.");
        }
        catch (HttpRequestException e)
        {
            throw Explain(where, e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static void Check(SecretAddress where, HttpResponseMessage answer)
    {
        int status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode) return;

        string said = $"{where} answered {status} ({answer.ReasonPhrase})";
        throw answer.StatusCode switch
        {
            _ when status is >= 300 and < 400 => Trouble("WebRedirect", ExitCode.Failed,
                $"{said}: it sends the alert to another address, and secrets are not sent after such an answer.",
                "Look up the address anew at the service, with https:// and without a slash too many, and write it into the setting or its file."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Trouble("WebRefused", ExitCode.Refused,
                $"{said}: it does not take the token, or the address.", "Make a new token or webhook at the service, and write it into the setting or its file."),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Trouble("WebNotFound", ExitCode.Refused,
                $"{said}: there is no such webhook, topic or check any more.", "Look up the address anew at the service, and write it into the setting or its file."),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Trouble("WebTrouble", ExitCode.TargetUnreachable,
                $"{said}.", "The service is in trouble itself, or has had enough for now; the alert is tried again with the next run or check."),
            _ => Trouble("WebNotTaken", ExitCode.Failed, $"{said}: it does not understand the alert.",
                "See that the address is of the service that the setting is for."),
        };
    }

    private static RePlexOnException Explain(SecretAddress where, HttpRequestException e) => e switch
    {
        { InnerException: AuthenticationException } => Trouble("WebUntrusted", ExitCode.Refused,
            $"The certificate of {where} is not one that this machine trusts: {Reason(e)}",
            "If it is your own server, add its certificate authority to this machine: a .crt file in /usr/local/share/ca-certificates, then update-ca-certificates.", e),
        { HttpRequestError: HttpRequestError.NameResolutionError } => Trouble("WebNameUnknown", ExitCode.TargetUnreachable,
            $"The name {where} could not be resolved.", "Check the name, and the name servers of this machine.", e),
        { InnerException: SocketException } => Trouble("WebUnreachable", ExitCode.TargetUnreachable,
            $"{where} could not be reached: {Reason(e)}", "See whether the service is up, and whether this machine may reach it.", e),
        _ => Trouble("WebBroken", ExitCode.TargetUnreachable, $"{where} broke off the connection.",
            "See whether the service is up, and whether its address begins with https:// or http://.", e),
    };

    // The outer message repeats the host and port; only the cause is told.
    private static string Reason(HttpRequestException e) => AlertText.Line(e.InnerException!.Message);

    private static RePlexOnException Trouble(string errorId, ExitCode exitCode, string message, string advice, Exception? cause = null) =>
        new(errorId, exitCode, message, advice, cause);
}
