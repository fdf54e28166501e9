using System.Collections.Concurrent;
using SkillMeat.Collections;
using SkillMeat.Upstream.Contents;
using SkillMeat.Upstream.Folders;
using SkillMeat.Upstream.FrontMatters;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Listings;
using SkillMeat.Upstream.ObjectIds;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream;

/// <summary>
/// A connection to all upstreams for the duration of an operation or a session. It holds the configured GitHub server, the token, the retry policy
/// and the caches.
/// </summary>
/// <remarks>Thread-safe. Dispose it when done: it holds network connections and temporary files.</remarks>
public sealed class UpstreamSession : IDisposable
{
    private readonly CollectionStore _store;
    private readonly UpstreamSessionOptions _options;
    private readonly GitHubHosts _hosts;
    private readonly TokenChain _tokens;
    private readonly HostCredentials _credentials;
    private readonly IEtagCache _etags;
    private readonly FolderProvider _folders = new();
    private readonly GitContentFileIndex _contentIndex;
    private readonly GitProgramContents _gitProgram;
    private readonly SemaphoreSlim _turn = new(1);
    private Connection? _connection;

    private UpstreamSession(CollectionStore store, UpstreamSessionOptions options, GitHubHosts hosts, Func<EtagFileCache, IEtagCache> openEtags)
    {
        _store = store;
        _options = options;
        _hosts = hosts;
        _tokens = new TokenChain(
            hosts,
            options.Http.Token,
            options.Environment,
            () => GitHubToken.From(store.ReadConfig().GitHubToken, $"settings.github-token in {store.Layout.ConfigFile}"),
            ChildProcess.RunAsync,
            store.Time,
            options.Report);
        _credentials = new HostCredentials(new GitCredentialCommand(options.Environment, store.Time, options.Report));
        _etags = openEtags(new EtagFileCache(Path.Combine(store.Layout.CacheFolder, "github-etags.json"), store.Random, options.Report));
        FrontMatterCache = new FrontMatterFileCache(Path.Combine(store.Layout.CacheFolder, "front-matter.cache"), store.Random, options.Report);
        ObjectIds = new ObjectIdFileCache(Path.Combine(store.Layout.CacheFolder, "upstream-ids.cache"), store.Random, options.Report);
        Listings = new ListingCache(store.Layout.CacheFolder, store.Random, options.Report);
        Refusals = new TokenRefusals(options.Report);
        _contentIndex = new GitContentFileIndex(Path.Combine(store.Layout.CacheFolder, "git-contents.json"), store.Random, options.Report);
        _gitProgram = new GitProgramContents(
            options.Environment, Path.GetTempPath(), options.Http.MaxParallelRequests, options.Http.GitSilence, store.Time, _contentIndex, options.Report)
        {
            Limits = ReadLimits,
        };
        Provider = new UpstreamClient(ChooseAsync);
        Contents = new ContentFetcher(ChooseContentsAsync);
    }

    internal IUpstreamProvider Provider { get; }

    /// <summary>Called with one-line messages about the work.</summary>
    internal Action<string> Report => _options.Report;

    /// <summary>Fetches the content of artifacts into the home's store.</summary>
    internal ContentFetcher Contents { get; }

    internal IFrontMatterCache FrontMatterCache { get; }

    /// <summary>The object ids that upstream returned, in this session and earlier ones.</summary>
    internal IObjectIdCache ObjectIds { get; }

    /// <summary>The files of repositories that were listed, in this session and earlier ones.</summary>
    internal ListingCache Listings { get; }

    /// <summary>The repositories in which GitHub has refused the token so far. They must be queried without it.</summary>
    internal TokenRefusals Refusals { get; }

    /// <summary>Creates a session for the collections of a home. Nothing is requested yet.</summary>
    /// <param name="store">The home. Its configuration may hold a token, and its cache the results of earlier sessions.</param>
    /// <param name="options">The options of the session.</param>
    /// <returns>The session.</returns>
    /// <exception cref="Errors.SkillMeatException">
    /// With <see cref="Errors.ErrorIds.InvalidArgument"/> if an environment variable for the GitHub server does not hold an address, or an option is
    /// out of range.
    /// </exception>
    public static UpstreamSession Create(CollectionStore store, UpstreamSessionOptions options) => Create(store, options, file => file);

    /// <param name="store">The home.</param>
    /// <param name="options">The options of the session.</param>
    /// <param name="openEtags">Returns the cache of REST answers, which can take over what is in the file. It is disposed with the session.</param>
    /// <inheritdoc cref="Create(CollectionStore, UpstreamSessionOptions)"/>
    internal static UpstreamSession Create(CollectionStore store, UpstreamSessionOptions options, Func<EtagFileCache, IEtagCache> openEtags)
    {
        options.Http.Validate();
        return new UpstreamSession(store, options, GitHubHosts.FromEnvironment(options.Environment), openEtags);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection?.Dispose();
        _gitProgram.Dispose();
        _tokens.Dispose();
        _turn.Dispose();
        (_etags as IDisposable)?.Dispose();
    }

    /// <summary>The GitHub server that <c>owner/repo</c> refers to.</summary>
    internal Uri GitHubServer => _hosts.Server;

    internal SourceContext ContextFor(string baseFolder) => new(_hosts.Server, baseFolder, HomeFolder.UserFolder(_options.Environment));

    /// <summary>Reads a text file at an address that is in no repository. No token is sent.</summary>
    /// <param name="address">The address, http or https.</param>
    /// <param name="what">The name of the file for errors.</param>
    /// <param name="known">The text that was read before with its entity tag, or null. An unchanged file is not sent again.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The text, with its entity tag if it has one.</returns>
    /// <exception cref="Errors.UpstreamException">The file cannot be read.</exception>
    internal async Task<(string Text, string? ETag)> ReadTextAsync(Uri address, string what, (string Text, string ETag)? known, CancellationToken cancellationToken)
    {
        var request = new UpstreamHttpRequest
        {
            Uri = address,
            What = what,
            Role = HostRole.Other,
            Expect = ExpectedBody.Json,
            WithoutToken = true,
            Headers = known is { } before ? [new KeyValuePair<string, string>("If-None-Match", before.ETag)] : [],
        };
        var (response, body) = await (await ConnectAsync(cancellationToken).ConfigureAwait(false)).Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Status == System.Net.HttpStatusCode.NotModified && known is { } same ? same : (System.Text.Encoding.UTF8.GetString(body.Span), response.ETag);
    }

    /// <summary>Writes the caches. Only for operations that are allowed to write.</summary>
    internal void SaveCaches()
    {
        FrontMatterCache.Save();
        ObjectIds.Save();
        Listings.Save();
        _contentIndex.Save();
        _etags.Save();
    }

    private async ValueTask<IUpstreamProvider> ChooseAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        if (repository.Kind == RepositoryKind.Folder)
        {
            return _folders;
        }

        // Connecting is delayed until here because finding a token can mean starting a program, and many collections need none.
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return repository.Kind == RepositoryKind.GitHub && connection.HasToken && ReferenceEquals(GitHubHosts.For(repository.Url!, _hosts), _hosts)
            ? connection.GraphQl
            : connection.Git;
    }

    private async ValueTask<IContentSource> ChooseContentsAsync(RepositoryAddress repository, CancellationToken cancellationToken) => repository.Kind switch
    {
        RepositoryKind.Git when repository.GitUrl!.Scheme is not ("http" or "https") => _gitProgram,
        RepositoryKind.Git => (await ConnectAsync(cancellationToken).ConfigureAwait(false)).GitHostContents,
        _ => (await ConnectAsync(cancellationToken).ConfigureAwait(false)).GitHubContents,
    };

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _connection ??= Connect(await _tokens.FindAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    private Connection Connect(GitHubToken? token)
    {
        _options.Report(token is null ? "No token for GitHub: using git." : $"Asking {_hosts.Server.Host} with the {token}.");
        var http = new UpstreamHttp(_options.Http with { Token = token, Limits = ReadLimits() }, _hosts, _store.Time, _options.Handler, _options.Report, credentials: _credentials);
        var rest = new GitHubRest(http, _hosts.Api, _etags, _store.Time);
        var restWithoutToken = rest.WithoutToken();
        var withoutToken = new GitProvider(http, _ => restWithoutToken, ProgramOf, ObjectIds, withoutToken: true);
        // Other GitHub servers that an address can name: github.com, and those with data residency.
        var others = new ConcurrentDictionary<GitHubHosts, GitHubRest>();
        GitHubRest? RestOf(RepositoryAddress repository) =>
            repository.Kind != RepositoryKind.GitHub || GitHubHosts.For(repository.Url!, _hosts) is not { } hosts ? null
            : hosts == _hosts ? rest
            : others.GetOrAdd(hosts, h => new GitHubRest(http, h.Api, _etags, _store.Time));
        var git = new GitProvider(http, RestOf, ProgramOf, ObjectIds);
        return new Connection(
            token is not null,
            http,
            new GraphQlProvider(
                new GraphQlClient(http, _hosts.GraphQL, new GraphQlBatcher(_options.Http.MaxParallelRequests)), rest, withoutToken, git, Refusals, ObjectIds),
            withoutToken,
            git,
            new GitHubContents(
                http,
                repository => RestOf(repository) ?? rest,
                repository => token is not null && GitHubHosts.For(repository.Url!, _hosts) == _hosts,
                Refusals.IsRefused,
                _contentIndex,
                ObjectIds,
                (repository, commit) => git.FindTrees(repository, commit) ?? withoutToken.FindTrees(repository, commit)),
            new GitHostContents(http, _gitProgram, _contentIndex, ObjectIds));
    }

    private GitProgramTransport ProgramOf(RepositoryAddress repository) =>
        new(_options.Environment, Path.GetTempPath(), _options.Http.GitSilence, repository, _store.Time, _options.Report) { Limits = ReadLimits() };

    private UpstreamLimits ReadLimits() => _options.Http.Limits.With(_store.ReadConfig().LimitOf);

    private sealed record Connection(
        bool HasToken, UpstreamHttp Http, GraphQlProvider GraphQl, GitProvider WithoutToken, GitProvider Git, GitHubContents GitHubContents, GitHostContents GitHostContents)
        : IDisposable
    {
        public void Dispose()
        {
            WithoutToken.Dispose();
            Git.Dispose();
            Http.Dispose();
        }
    }
}
