using System.Text.Json;
using SkillMeat.Additions;
using SkillMeat.Cache;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>A home, and a loopback GitHub with a marketplace <c>octo/market</c> and a plugin elsewhere, <c>octo/tools</c>.</summary>
internal sealed class MarketplaceScene : IAsyncDisposable
{
    public const string Market = "octo/market";
    public const string Tools = "octo/tools";

    private readonly TestHome _home = TestHome.WithSkills(0);
    private HomeCache? _cache;

    private MarketplaceScene(LoopbackGitHubServer server)
    {
        Server = server;
    }

    public LoopbackGitHubServer Server { get; }

    public GitRepositoryBuilder Git { get; } = GitRepositoryBuilder.Create();

    public GitRepositoryBuilder ToolsGit { get; } = GitRepositoryBuilder.Create();

    public ShiftedTime Time { get; } = new();

    public WebFiles Web { get; } = new();

    public string Home => _home.Home;

    public string Place => _home.Place;

    public string Cache => _home.At("cache", "skillmeat-engine.db");

    public string ListFile => _home.At("marketplaces.toml");

    public bool HasToken { get; init; }

    public string CacheMode { get; set; } = "";

    public List<string> Warnings { get; } = [];

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MarketplaceScene> StartAsync(bool hasToken = false)
    {
        var server = await LoopbackGitHubServer.StartAsync(new LoopbackGitHubOptions(), Cancellation);
        var scene = new MarketplaceScene(server) { HasToken = hasToken };
        server.AddRepository(Market, scene.Git, facts: null);
        server.AddRepository(Tools, scene.ToolsGit, facts: null);
        return scene;
    }

    /// <summary>Starts with two plugins in the marketplace, and one in another repository.</summary>
    public static async Task<MarketplaceScene> FilledAsync(bool hasToken = false)
    {
        var scene = await StartAsync(hasToken);
        scene.ToolsGit.Commit("1", GitChange.Write("plugin/skills/lint/SKILL.md", Skill("lint")), GitChange.Write("plugin/.claude-plugin/plugin.json", """{"name": "tools", "version": "3.1.0"}"""));
        scene.Git.Commit(
            "1",
            GitChange.Write(".claude-plugin/marketplace.json", File("shop", new { name = "office", source = "./plugins/office", version = "1.2.0", category = "documents", keywords = new[] { "paper" } },
                new { name = "quality", source = "./plugins/quality" },
                new { name = "tools", description = "Tools for code", source = new { source = "git-subdir", url = $"{scene.Server.ServerUrl}/{Tools}.git", path = "plugin" } })),
            GitChange.Write("plugins/office/skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("plugins/office/skills/xlsx/SKILL.md", Skill("xlsx")),
            GitChange.Write("plugins/quality/agents/tester.md", Skill("tester")),
            GitChange.Write(".claude/skills/own/SKILL.md", Skill("own")));
        return scene;
    }

    public static string Skill(string name, string body = "") => $"---\nname: {name}\ndescription: About {name}\n---\n\n# {name}\n{body}";

    public static string File(string name, params object[] plugins) => JsonSerializer.Serialize(new { name, owner = new { name = "Octo" }, plugins });

    public void Write(string path, string text) => _home.Write(path, text);

    public CollectionStore Open() => CollectionStore.Open(Home, Time);

    /// <summary>Does some work as a process of its own.</summary>
    public async Task<T> RunAsync<T>(Func<MarketplaceCatalog, Task<T>> work)
    {
        var store = Open();
        using var session = Connect(store);
        using var cache = OpenCache(store);
        return await work(new MarketplaceCatalog(cache, session));
    }

    /// <summary>Does some work in one process, which keeps its cache.</summary>
    public async Task<T> RunInOneAsync<T>(Func<MarketplaceCatalog, Task<T>> work)
    {
        var store = Open();
        using var session = Connect(store);
        return await work(new MarketplaceCatalog(_cache ??= OpenCache(store), session));
    }

    public Task<MarketplaceResult> RegisterAsync(string source, string? name = null) =>
        RunAsync(catalog => catalog.RegisterAsync(new MarketplaceRegistration { Source = source, Name = name, BaseFolder = Place, LockTimeout = TimeSpan.FromSeconds(30) }, Cancellation));

    public Task<IReadOnlyList<MarketplaceResult>> UpdateAsync(params string[] names) => RunAsync(catalog => catalog.UpdateAsync([.. names.Select(NamePattern.Simple)], Cancellation));

    public async Task<Marketplace> ReadAsync(bool isOffline = false) => Assert.Single(await RunAsync(catalog => catalog.ListAsync([], isOffline, Cancellation)));

    public Task<IReadOnlyList<MarketplaceArtifact>> SearchAsync(string text = "") => SearchAsync(new MarketplaceSearch { Text = text, BaseFolder = Place });

    public Task<IReadOnlyList<MarketplaceArtifact>> SearchAsync(MarketplaceSearch search) => RunAsync(catalog => catalog.SearchAsync(search, Cancellation));

    /// <summary>Searches, and describes what is found in short.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string text = "") => [.. (await SearchAsync(text)).Select(one => $"{one.ArtifactId} of {one.Plugin}: {one.State}").Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<AddEntry>> AddAsync(params MarketplaceArtifact[] artifacts)
    {
        var store = Open();
        using var session = Connect(store);
        return await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = [.. artifacts.Select(one => one.ToAddition()!)], Collection = "default", BaseFolder = Place }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _cache?.Dispose();
        await Server.DisposeAsync();
        Web.Dispose();
        Git.Dispose();
        ToolsGit.Dispose();
        _home.Dispose();
    }

    private HomeCache OpenCache(CollectionStore store) => HomeCache.Open(store, new HomeCacheOptions { Environment = name => name == "SKILLMEAT_CACHE" ? CacheMode : null, Report = Warnings.Add });

    private UpstreamSession Connect(CollectionStore store) => UpstreamSession.Create(store, new UpstreamSessionOptions
    {
        Environment = Environment,
        Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 1 },
        Handler = Web,
    });

    private string? Environment(string name) => name switch
    {
        "GITHUB_SERVER_URL" => Server.ServerUrl,
        "GITHUB_API_URL" => Server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => Server.GraphQlUrl,
        "GITHUB_TOKEN" => HasToken ? Server.Token : null,
        "PATH" => System.Environment.GetEnvironmentVariable("PATH"),
        _ => null,
    };
}
