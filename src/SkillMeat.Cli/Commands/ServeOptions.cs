using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SkillMeat.Errors;
using SkillMeat.Server.Hosting;

namespace SkillMeat.Cli.Commands;

/// <summary>The options of <c>skm serve</c>.</summary>
internal sealed class ServeOptions
{
    private const int MostPort = 65_535;

    private readonly Option<string?> _port = new("--port", "-p")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"The port; 0 for any free one. By default {ServerOptions.UsualPort}, or any free one if that is in use."),
        HelpName = "N",
    };

    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the browser. On a terminal, this is the default." };

    private readonly Option<bool> _noOpen = new("--no-open") { Description = "Do not open the page." };

    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "The address to listen on, such as 0.0.0.0 for all. By default, only this machine is answered. Another address needs --tls or --insecure.",
        HelpName = "ADDR",
    };

    private readonly Option<string[]> _host = new("--allow-host")
    {
        Description = "A further name under which the service may be called, such as that of the machine, with or without a port, or the origin of a proxy, such as https://skm.example. May be repeated.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _insecure = new("--insecure") { Description = "Listen on another address without TLS. Everybody on the way can read the token and take over." };

    private readonly Option<string?> _tls = new("--tls") { Description = "A certificate with which to answer by HTTPS: a PEM file, or a PFX file with its key and no password.", HelpName = "FILE" };

    private readonly Option<string?> _tlsKey = new("--tls-key") { Description = "The PEM file with the key of the certificate, if that has it not.", HelpName = "FILE" };

    private readonly Option<string> _logFormat = new("--log-format") { Description = "The form of the log on standard error: text or json.", HelpName = "text|json", DefaultValueFactory = _ => "text" };

    private readonly Option<bool> _detached = new("--detached")
    {
        Description = "Run apart from the terminal, so that its Ctrl+C and its end do not end the service, and write the log to service/serve.log in the home. "
            + "It ends if the home is served already, unless --port names another port. For programs that start the service; this one does not return earlier.",
    };

    private readonly Option<bool> _noRefresh = new("--no-refresh")
    {
        Description = "Do not refresh in the background. Otherwise, every SKILLMEAT_REFRESH_INTERVAL (5m), the service looks upstream for updates, and changes no collection.",
    };

    private readonly UpstreamWaits _waits = new();

    public ServeOptions()
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
    }

    public IReadOnlyList<Symbol> Symbols => [_port, _open, _noOpen, _listen, _host, _insecure, _tls, _tlsKey, _logFormat, _noRefresh, _detached, .. _waits.Symbols];

    /// <summary>Whether the page is to be opened.</summary>
    /// <exception cref="SkillMeatException">Both answers are given.</exception>
    public bool Opens(CommandRun run, ParseResult parsed) => (parsed.GetValue(_open), parsed.GetValue(_noOpen)) switch
    {
        (true, true) => throw Invalid("--open and --no-open exclude each other."),
        (true, _) => true,
        (_, true) => false,
        _ => run.IsInteractive && !run.IsJson,
    };

    /// <summary>Whether the service is to run apart from the terminal.</summary>
    public bool IsDetached(ParseResult parsed) => parsed.GetValue(_detached);

    /// <exception cref="SkillMeatException">A value is not valid.</exception>
    public ServerOptions Read(CommandRun run, ParseResult parsed, Action<string> showStatus)
    {
        var isJsonLog = parsed.GetValue(_logFormat) == "json";
        var upstream = run.SessionOptions(_waits.Read(parsed));
        return new ServerOptions
        {
            Home = run.HomePath,
            Port = parsed.GetValue(_port) is { } port ? ReadPort(port) : null,
            Address = parsed.GetValue(_listen) is { } address ? ReadAddress(address) : IPAddress.Loopback,
            HostNames = CommandRun.ChoicesOf(parsed, _host),
            IsInsecure = parsed.GetValue(_insecure),
            Certificate = ReadCertificate(parsed.GetValue(_tls), parsed.GetValue(_tlsKey)),
            Environment = run.Environment,
            Time = run.Time,
            Upstream = upstream,
            LockTimeout = run.LockTimeout,
            Refreshes = !parsed.GetValue(_noRefresh),
            ShowStatus = showStatus,
            Log = run.Log,
            IsDetached = IsDetached(parsed),
            LogsJson = isJsonLog,
            LogsRequests = isJsonLog || run.IsVerbose,
        };
    }

    private static int ReadPort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= MostPort
        ? port
        : throw Invalid($"--port is '{text}'. It takes a number from 0 to {MostPort}.");

    private static IPAddress ReadAddress(string text) => text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw Invalid($"--listen is '{text}', which is no address. It takes one such as 0.0.0.0 or 192.168.1.5.");

    private static X509Certificate2? ReadCertificate(string? file, string? key)
    {
        if (file is null) return key is null ? null : throw Invalid("--tls-key needs --tls with the certificate.");
        try
        {
            var isPem = Path.GetExtension(file).ToLowerInvariant() is ".pem" or ".crt" or ".cer";
            if (!isPem) return X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
            using var read = X509Certificate2.CreateFromPemFile(file, key);
            // Windows does not serve with a key that is in memory only.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"--tls cannot use '{file}': {e.Message}", e);
        }
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
