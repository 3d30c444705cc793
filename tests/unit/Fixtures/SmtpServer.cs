using System.Globalization;
using System.Text.Json;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A real SMTP server on 127.0.0.1 (Debian's aiosmtpd) that keeps the mail it takes.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "replexon@example.org";
    public const string Password = "correct horse battery";

    /// <summary>The one that it takes no mail for.</summary>
    public const string Unknown = "nobody@example.org";

    private const string Program = """
        import asyncio, email, email.policy, json, os, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
        port, folder, certificate, key, user, password, unknown = sys.argv[1:]

        class Handler:
            count = 0
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address == unknown:
                    return '550 5.1.1 There is no such person here'
                envelope.rcpt_tos.append(address)
                return '250 OK'
            async def handle_DATA(self, server, session, envelope):
                mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
                Handler.count += 1
                text = json.dumps({
                    'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None,
                    'user': session.auth_data, 'headers': [[name, str(value)] for name, value in mail.items()],
                    'parts': {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()},
                })
                with open(f'{folder}/{Handler.count:03}.tmp', 'w') as file:
                    file.write(text)
                os.rename(f'{folder}/{Handler.count:03}.tmp', f'{folder}/{Handler.count:03}.json')
                return '250 Taken'

        def authenticate(server, session, envelope, mechanism, data):
            right = isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == password
            return AuthResult(success=right, handled=False, auth_data=user)

        class Server(SMTP):
            async def smtp_AUTH(self, argument):
                # .NET writes the mechanism in small letters.
                mechanism, space, rest = (argument or '').partition(' ')
                return await super().smtp_AUTH(mechanism.upper() + space + rest)

        def make():
            if not certificate:
                return Server(Handler(), hostname='localhost')
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate, key)
            return Server(Handler(), hostname='localhost', tls_context=context, require_starttls=True,
                          authenticator=authenticate, auth_required=True)

        async def main():
            server = await asyncio.get_running_loop().create_server(make, '127.0.0.1', int(port))
            await server.serve_forever()

        asyncio.run(main())
        """;

    private readonly ScratchFolder _folder;
    private readonly Server _server;

    private SmtpServer(ScratchFolder folder, Server server, int port)
    {
        _folder = folder;
        _server = server;
        Port = port;
    }

    /// <summary>Port it listens on.</summary>
    public int Port { get; }

    /// <summary>The mail it took, as JSON: from, to, tls, user, headers, parts.</summary>
    public IReadOnlyList<JsonElement> Mail =>
    [
        .. Directory.GetFiles(_folder.At("mail"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement),
    ];

    /// <summary>Starts one.</summary>
    /// <param name="certificate">With a certificate it wants STARTTLS and a login; without, neither.</param>
    public static async Task<SmtpServer> StartAsync(TestCertificate? certificate = null)
    {
        var folder = new ScratchFolder();
        folder.Folder("mail");
        int port = Server.FreePort();
        Server server = await Server.StartAsync(
            port, "/usr/bin/python3", folder.File("smtp.py", Program), port.ToString(CultureInfo.InvariantCulture), folder.At("mail"),
            certificate?.Path ?? "", certificate?.KeyPath ?? "", User, Password, Unknown);
        return new SmtpServer(folder, server, port);
    }

    /// <summary>The value of a header.</summary>
    public static string? Header(JsonElement mail, string name) => mail.GetProperty("headers").EnumerateArray()
        .Where(header => header[0].GetString() == name).Select(header => header[1].GetString()).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
