using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>
/// A GitHub on 127.0.0.1 over real git repositories: git's smart HTTP, archives, the REST API and GraphQL, with a log of every request
/// and faults on demand.
/// </summary>
/// <remarks>Thread-safe. Repositories may change while they are served.</remarks>
public sealed class LoopbackGitHubServer : IAsyncDisposable
{
    private const string SystemConfig = "[safe]\n\tdirectory = *\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n";

    private readonly LoopbackGitHubOptions _options;
    private readonly WebApplication _app;
    private readonly string _systemConfig;
    private readonly RepositoryIndex _repositories = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<RequestPipeline> _pipeline = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoopbackGitHubServer(LoopbackGitHubOptions options, WebApplication app, string systemConfig)
    {
        _options = options;
        _app = app;
        _systemConfig = systemConfig;
        Log = new RequestLog();
    }

    /// <summary>The address in place of <c>https://github.com</c>, without a slash at its end.</summary>
    public string ServerUrl { get; private set; } = "";

    /// <summary>The address in place of <c>https://api.github.com</c>.</summary>
    public string ApiUrl => ServerUrl + "/api/v3";

    /// <summary>The address in place of <c>https://api.github.com/graphql</c>.</summary>
    public string GraphQlUrl => ServerUrl + "/api/graphql";

    /// <summary>The only valid token.</summary>
    public string Token => _options.Token;

    /// <summary>Every request so far.</summary>
    public RequestLog Log { get; }

    /// <summary>The faults from now on; null for none.</summary>
    public FaultPlan? Faults
    {
        get => Pipeline.Faults;
        set => Pipeline.Faults = value;
    }

    /// <summary>The treatment of git uploads without credentials from now on.</summary>
    public GitMood GitMood
    {
        get => Pipeline.GitMood;
        set => Pipeline.GitMood = value;
    }

    /// <summary>The minimum time of every answer from now on.</summary>
    public TimeSpan Delay
    {
        get => Pipeline.Delay;
        set => Pipeline.Delay = value;
    }

    // Set before StartAsync returns the server.
    private RequestPipeline Pipeline => _pipeline.Task.GetAwaiter().GetResult();

    /// <summary>Starts a server and returns when it answers.</summary>
    public static async Task<LoopbackGitHubServer> StartAsync(LoopbackGitHubOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LoopbackGitHubOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var systemConfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(systemConfig, SystemConfig, cancellationToken);
        var server = new LoopbackGitHubServer(options, builder.Build(), systemConfig);
        server._app.Run(async context => await (await server._pipeline.Task).HandleAsync(context));
        await server.ListenAsync(cancellationToken);
        server.ServerUrl = server._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        server._pipeline.SetResult(new RequestPipeline(options, server._repositories, server.Log, server.ServerUrl, systemConfig, server._stopping.Token));
        return server;
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch
        {
            // The port is taken, or the start was cancelled.
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves a repository under a name.</summary>
    /// <param name="name"><c>owner/name</c>.</param>
    /// <param name="gitDirectory">A git directory, or a work tree that holds one.</param>
    /// <param name="facts">The facts about it; null for none.</param>
    /// <exception cref="ArgumentException">It is not a repository, or the name is taken or invalid.</exception>
    public void AddRepository(string name, string gitDirectory, RepositoryFacts? facts = null) =>
        _repositories.Add(RepositoryName.Parse(name), gitDirectory, facts ?? new RepositoryFacts(), _systemConfig);

    /// <summary>Serves a builder's repository under a name.</summary>
    public void AddRepository(string name, GitRepositoryBuilder repository, RepositoryFacts? facts = null) =>
        AddRepository(name, repository.GitDirectory, facts);

    /// <summary>Renames a repository; the old name redirects to the new one, as on GitHub.</summary>
    /// <exception cref="ArgumentException">There is no such repository, or the new name is taken.</exception>
    public void Rename(string from, string to) => _repositories.Rename(RepositoryName.Parse(from), RepositoryName.Parse(to));

    /// <summary>Removes a repository; its files stay.</summary>
    /// <exception cref="ArgumentException">There is no such repository.</exception>
    public void Remove(string name) => _repositories.Remove(RepositoryName.Parse(name));

    /// <summary>Changes the facts about a repository.</summary>
    /// <exception cref="ArgumentException">There is no such repository.</exception>
    public void SetFacts(string name, RepositoryFacts facts) => _repositories.SetFacts(RepositoryName.Parse(name), facts);

    /// <summary>Stores a file in Git LFS of a repository; commit <see cref="LfsObject.PointerText"/> in its place.</summary>
    /// <exception cref="ArgumentException">There is no such repository.</exception>
    public LfsObject AddLfsObject(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var repository = _repositories.Find(RepositoryName.Parse(name), out _) ?? throw new ArgumentException($"There is no repository {name}.", nameof(name));
        var oid = Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
        repository.LfsObjects[oid] = content;
        return new LfsObject(oid, content.Length);
    }

    /// <summary>Stops the server and aborts running requests.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _repositories.Dispose();
        _stopping.Dispose();
        File.Delete(_systemConfig);
    }
}
