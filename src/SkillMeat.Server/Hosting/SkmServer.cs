using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SkillMeat.Cache.Background;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Access;
using SkillMeat.Server.Json;
using SkillMeat.Server.Metrics;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Hosting;

/// <summary>The web service of a home.</summary>
internal sealed class SkmServer : IAsyncDisposable
{
    private static readonly TimeSpan _longestJobs = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(2);

    private const int LeastThreads = 16;

    private readonly WebApplication _app;
    private readonly ServedHome _home;
    private readonly ServiceFolder _folder;
    private readonly SignInTickets _tickets;
    private bool _isStopped;

    private SkmServer(WebApplication app, ServedHome home, ServiceFolder folder, SignInTickets tickets, ReadyJson ready)
    {
        _app = app;
        _tickets = tickets;
        _home = home;
        _folder = folder;
        Ready = ready;
    }

    /// <summary>The address and the token.</summary>
    public ReadyJson Ready { get; }

    /// <summary>Starts a service, which answers requests when this returns.</summary>
    /// <exception cref="SkillMeatException">The home cannot be opened, or the port cannot be used.</exception>
    public static async Task<SkmServer> StartAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        if (!options.IsSafe) throw new SkillMeatException(ErrorIds.InvalidArgument, $"Others can read what goes to and from {options.Address}. Give a certificate with --tls, or say --insecure.");
        if (options.HostNames.FirstOrDefault(name => name.Contains('/', StringComparison.Ordinal) && OurAddresses.OriginOf(name) is null) is { } bad)
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"--allow-host is '{bad}'. It takes a name such as skm.example, with or without a port, or an origin such as https://skm.example.");
        if (options.Refreshes) RefreshInterval.Find(options.Environment);
        // Reading the home occupies a thread. On few processors, the pool would grow too slowly for many clients.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), completions);
        var store = Directory.Exists(options.Home)
            ? options.OpenHome(options.Home, options.Time)
            : await CollectionStore.InitializeAsync(options.Home, options.LockTimeout, options.Time, cancellationToken: cancellationToken);
        var folder = new ServiceFolder(store.Home, options.Time);
        var token = folder.FindToken();
        // The program that started a detached one holds off others until this one answers.
        using var starting = options.IsDetached ? null : await folder.HoldStartsAsync(cancellationToken);
        var log = new ServiceLog(options.IsDetached ? folder.OpenLog() : options.Log, options.Time, options.LogsJson);
        log.Hide(token.Text);
        foreach (var notice in store.Notices) log.Warn(notice);
        var home = new ServedHome(store, options, log);
        SkmServer server;
        try
        {
            var tickets = new SignInTickets(options.Time);
            var app = await ListenAsync(home, token, new Sessions(folder, token, store.Home, options.Time), tickets, cancellationToken);
            server = new SkmServer(app, home, folder, tickets, new ReadyJson(UrlOf(app, options), token.Text, Environment.ProcessId));
        }
        catch
        {
            home.Dispose();
            log.Close();
            throw;
        }

        try
        {
            home.Control.SignIn = server.CreateSignInFile;
            // From now on, others find it and ask.
            server.Enter();
            home.Refresh.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns an address that signs in once, for the browser of this machine.</summary>
    public string CreateSignInUrl() => UrlOf(_tickets.Create());

    /// <summary>Returns the path of a page that signs the browser of this machine in once. The page is removed after use, and at the end of the service.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public string CreateSignInFile()
    {
        var path = "";
        _tickets.Create(ticket =>
        {
            path = _folder.CreateSignInFile(UrlOf(ticket));
            return () => _folder.RemoveSignInFile(path);
        });
        return path;
    }

    /// <summary>Cancelled when a request asks the service to end.</summary>
    public CancellationToken StopRequested => _home.Control.StopRequested;

    /// <summary>The path of the file with the token.</summary>
    public string TokenFile => _folder.TokenFile;

    /// <summary>Stops: no new requests, running jobs are cancelled and take back what they began, streams end.</summary>
    public async Task StopAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        _home.BeginStop();
        var refresh = _home.Refresh.DisposeAsync();
        if (!await _home.Jobs.StopAsync(_longestJobs)) _home.Log.Warn("A job did not end in time. The next start finishes or takes back what it changed.");
        await refresh;
        using var longest = new CancellationTokenSource(_longestStop, _home.Time);
        await _app.StopAsync(longest.Token);
        _tickets.Clear();
        _folder.Leave();
        // At the end, so that it has everything.
        _home.Log.Close();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        _home.Dispose();
    }

    private void Enter()
    {
        var (url, options) = (new Uri(Ready.Url), _home.Options);
        if (!options.IsDetached) _folder.Enter(url, _home.StartedAt, InfoEndpoints.Version);
        else if (_folder.EnterAlone(url, _home.StartedAt, InfoEndpoints.Version, options.Port) is { } other)
            throw new SkillMeatException(ErrorIds.ServerFailed, string.Create(CultureInfo.InvariantCulture, $"The home is served at {other.Url} already, by process {other.ProcessId}. Use that server, or give another port with --port."));
    }

    private string UrlOf(string ticket) => $"{Ready.Url}?token={ticket}";

    private static async Task<WebApplication> ListenAsync(ServedHome home, ServiceToken token, Sessions sessions, SignInTickets tickets, CancellationToken cancellationToken)
    {
        var port = home.Options.Port ?? ServerOptions.UsualPort;
        while (true)
        {
            var app = Build(home, token, sessions, tickets, port);
            try
            {
                await app.StartAsync(cancellationToken);
                return app;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException && home.Options.Port is null && port != 0)
            {
                // Another home may be served there.
                await app.DisposeAsync();
                port = 0;
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                await app.DisposeAsync();
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot listen on {new IPEndPoint(home.Options.Address, port)}: {e.Message} Choose another port with --port, or another address with --listen.", e);
            }
        }
    }

    private static WebApplication Build(ServedHome home, ServiceToken token, Sessions sessions, SignInTickets tickets, int port)
    {
        // Nothing comes from files or variables that belong to other programs.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddProvider(home.Log);
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => ServiceJson.Configure(json.SerializerOptions));
        ApiDocument.AddTo(builder.Services);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        if (home.Options.Certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Apply(kestrel, home.Options, home.Connections, port));
        var app = builder.Build();
        // The port is known when the first request comes.
        var addresses = new Lazy<OurAddresses>(() => AddressesOf(app, home.Options), LazyThreadSafetyMode.PublicationOnly);
        app.Use(next => new RequestMiddleware(next, home).InvokeAsync);
        app.Use(next => new ProblemMiddleware(next, home.Log).InvokeAsync);
        app.Use(next => context => new AccessMiddleware(next, token, sessions, tickets, addresses.Value).InvokeAsync(context));
        app.Use(next => new WholeAddressMiddleware(next).InvokeAsync);
        app.Use(next => new BodyEncodingMiddleware(next).InvokeAsync);
        app.UseRouting();
        ServiceRoutes.Map(app, app.MapGroup(ServiceRoutes.Base), home);
        return app;
    }

    private static OurAddresses AddressesOf(WebApplication app, ServerOptions options)
    {
        var uri = BoundTo(app);
        return new OurAddresses(uri.Scheme, options.Address, uri.Port, options.HostNames);
    }

    private static Uri BoundTo(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static string UrlOf(WebApplication app, ServerOptions options)
    {
        var uri = BoundTo(app);
        var isAny = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        if (isAny && options.HostNames is [var name, ..] && OurAddresses.OriginOf(name) is { } origin) return $"{origin.GetLeftPart(UriPartial.Authority)}/";
        var host = isAny
            ? options.HostNames is [var first, ..] ? first : "localhost"
            : uri.Host;
        return host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"{uri.Scheme}://{host}/" : $"{uri.Scheme}://{host}:{uri.Port}/";
    }
}
