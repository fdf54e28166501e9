using System.Globalization;
using System.Text;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Refresh;

/// <summary>A loopback GitHub with one repository, and a home with a collection that follows it.</summary>
public sealed class RefreshScene : IAsyncDisposable
{
    public const string Repo = "octo/skills";

    private readonly StringBuilder _manifest = new("[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n");
    private readonly StringBuilder _lock = new("[lock]\nversion = \"1.0.0\"\n");
    private readonly Access _access;

    private RefreshScene(LoopbackGitHubServer server, Access access)
    {
        Server = server;
        _access = access;
        Home = Directory.CreateTempSubdirectory("skm-refresh-").FullName;
        Directory.CreateDirectory(Folder);
    }


    public LoopbackGitHubServer Server { get; }

    public GitRepositoryBuilder Git { get; } = GitRepositoryBuilder.Create();

    public string Home { get; }

    public string Folder => Path.Combine(Home, "collections", "default");

    public string ManifestPath => Path.Combine(Folder, "collection.toml");

    public List<string> Reports { get; } = [];

    /// <summary>Creates a session with upstream.</summary>
    public Func<CollectionStore, UpstreamSessionOptions, UpstreamSession> Create { get; set; } = UpstreamSession.Create;

    /// <summary>The value of <c>SKILLMEAT_CACHE</c>.</summary>
    public string? CacheVariable { get; set; }

    /// <summary>The home's clock; null for the system's.</summary>
    public TimeProvider? Time { get; set; }

    public static async Task<RefreshScene> StartAsync(Access access, RepositoryFacts? facts = null, LoopbackGitHubOptions? options = null)
    {
        var server = await LoopbackGitHubServer.StartAsync((options ?? new LoopbackGitHubOptions()) with { ProtocolV2 = access != Access.OldGit }, TestContext.Current.CancellationToken);
        var scene = new RefreshScene(server, access);
        scene.Git.AllowFilter(access != Access.NoFilter);
        server.AddRepository(Repo, scene.Git, facts);
        return scene;
    }

    public static string Skill(string name, string description, string more = "") => $"---\nname: {name}\ndescription: {description}\n{more}---\n\n# {name}\n";

    /// <summary>Adds an artifact to the manifest and the lock file, as fetched at a commit.</summary>
    public RefreshScene Add(string name, string type, string path, string? commit, string? version = "latest", string repo = Repo, string more = "", string metadata = "", string? hash = null)
    {
        var inCollection = type is "command" or "agent" ? $"{type}s/{name}.md" : $"{type}s/{name}";
        _manifest.Append(CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"{type}\"\npath = \"{inCollection}\"\norigin = \"github\"\nadded = \"2026-01-01T00:00:00\"\n");
        _manifest.Append(CultureInfo.InvariantCulture, $"upstream = \"{Server.ServerUrl}/{repo}/tree/{commit ?? "main"}/{path}\"\n");
        if (version is not null)
        {
            _manifest.Append(CultureInfo.InvariantCulture, $"version_spec = \"{version}\"\n");
        }

        if (commit is not null)
        {
            _manifest.Append(CultureInfo.InvariantCulture, $"resolved_sha = \"{commit}\"\n");
            _lock.Append(CultureInfo.InvariantCulture, $"\n[lock.entries.\"{name}::{type}\"]\ncontent_hash = \"{hash ?? new string('0', 64)}\"\nfetched = \"2026-01-01T00:00:00\"\nresolved_sha = \"{commit}\"\n");
        }

        _manifest.Append(more);
        if (metadata.Length > 0)
        {
            _manifest.Append(CultureInfo.InvariantCulture, $"\n[artifacts.metadata]\n{metadata}");
        }

        return this;
    }

    public async Task<IReadOnlyDictionary<string, ArtifactCheck>> CheckAsync(ArtifactFilter? filter = null)
    {
        Save();
        var before = ReadTree();
        using var session = Connect(out var store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest { Filter = filter ?? ArtifactFilter.Everything }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(before, ReadTree());
        return result.Checks.ToDictionary(c => c.ArtifactId);
    }

    public async Task<RefreshResult> RefreshAsync(RefreshRequest? request = null)
    {
        Save();
        using var session = Connect(out var store);
        return await new CollectionRefresher(store, session).RefreshAsync(request ?? new RefreshRequest(), TestContext.Current.CancellationToken);
    }

    public Artifact Read(string id) => CollectionStore.Open(Home).Read().Artifacts.Single(a => a.ArtifactId == id);

    public UpstreamSession Connect(out CollectionStore store, UpstreamOptions? http = null)
    {
        store = CollectionStore.Open(Home, Time);
        return Create(store, new UpstreamSessionOptions
        {
            Environment = Environment,
            Http = http ?? new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 8 },
            Report = line =>
            {
                lock (Reports)
                {
                    Reports.Add(line);
                }
            },
        });
    }

    public string? Environment(string name) => name switch
    {
        "GITHUB_SERVER_URL" => Server.ServerUrl,
        "GITHUB_API_URL" => Server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => Server.GraphQlUrl,
        "SKILLMEAT_CACHE" => CacheVariable,
        "GITHUB_TOKEN" => _access == Access.Token ? Server.Token : null,
        _ => null,
    };

    /// <summary>Writes manifest and lock file, once.</summary>
    public void Save()
    {
        if (!File.Exists(ManifestPath))
        {
            File.WriteAllText(ManifestPath, _manifest.ToString());
            File.WriteAllText(Path.Combine(Folder, "collection.lock"), _lock.ToString());
        }
    }

    public Dictionary<string, string> ReadTree() => Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories)
        .ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f)) + File.GetLastWriteTimeUtc(f).Ticks.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Git.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
