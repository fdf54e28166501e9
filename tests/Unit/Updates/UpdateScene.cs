using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Snapshots;
using SkillMeat.Tests.Support;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Updates;

/// <summary>A loopback GitHub with a repository of artifacts, and a home whose collections were filled from it.</summary>
internal sealed class UpdateScene : IAsyncDisposable
{
    public const string Repo = "octo/skills";

    private readonly TestHome _home = TestHome.WithSkills(0);

    private UpdateScene(LoopbackGitHubServer server)
    {
        Server = server;
    }

    public LoopbackGitHubServer Server { get; }

    public GitRepositoryBuilder Git { get; } = GitRepositoryBuilder.Create();

    public string Home => _home.Home;

    public string Place => _home.Place;

    public string Folder => At("");

    /// <summary>Whether the client has a token.</summary>
    public bool HasToken { get; init; } = true;

    public IStorageFaults? Faults { get; set; }

    /// <summary>Sends requests; null for the network.</summary>
    public HttpMessageHandler? Handler { get; set; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public CollectionSnapshots Snapshots => new(CollectionStore.Open(Home));

    public static async Task<UpdateScene> StartAsync(bool hasToken = true, LoopbackGitHubOptions? options = null)
    {
        var server = await LoopbackGitHubServer.StartAsync(options ?? new LoopbackGitHubOptions(), Cancellation);
        var scene = new UpdateScene(server) { HasToken = hasToken };
        server.AddRepository(Repo, scene.Git, facts: null);
        return scene;
    }

    public static string Skill(string name, string body = "") => $"---\nname: {name}\ndescription: About {name}\n---\n\n# {name}\n{body}";

    public static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    public string At(string path, string collection = "default") => Path.Combine(Home, "collections", collection, path);

    public string Read(string path, string collection = "default") => File.ReadAllText(At(path, collection));

    public void Write(string path, string text, string collection = "default") => _home.Write(At(path, collection), System.Text.Encoding.UTF8.GetBytes(text));

    public CollectionStore Open() => Faults is null ? CollectionStore.Open(Home) : CollectionStore.Open(Home, time: null, Faults);

    public async Task<IReadOnlyList<AddEntry>> AddAsync(params string[] specs) => await AddAsync("default", specs);

    public Task<IReadOnlyList<AddEntry>> AddAsync(string collection, string[] specs) => AddAsync(collection, [.. specs.Select(spec => new ArtifactAddition(spec))]);

    public Task<IReadOnlyList<AddEntry>> AddAsync(params ArtifactAddition[] artifacts) => AddAsync("default", artifacts);

    private async Task<IReadOnlyList<AddEntry>> AddAsync(string collection, ArtifactAddition[] artifacts)
    {
        var store = Open();
        using var session = Connect(store);
        return await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = artifacts, Collection = collection, BaseFolder = Place }, Cancellation);
    }

    public Task<UpdateResult> UpdateAsync(UpdateStrategy strategy = UpdateStrategy.Merge) => UpdateAsync(new UpdateRequest { Strategy = strategy });

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request)
    {
        var store = Open();
        using var session = Connect(store);
        return await new ArtifactUpdater(store, session).UpdateAsync(request, Cancellation);
    }

    /// <summary>Updates, and gives the only entry.</summary>
    public async Task<UpdateEntry> UpdateOneAsync(UpdateRequest? request = null) => Assert.Single((await UpdateAsync(request ?? new UpdateRequest())).Entries);

    public UpstreamSession Connect(CollectionStore store) => UpstreamSession.Create(store, new UpstreamSessionOptions
    {
        Environment = Environment,
        Http = new UpstreamOptions { BaseDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 3 },
        Handler = Handler,
    });

    public string? Environment(string name) => name switch
    {
        "GITHUB_SERVER_URL" => Server.ServerUrl,
        "GITHUB_API_URL" => Server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => Server.GraphQlUrl,
        "GITHUB_TOKEN" => HasToken ? Server.Token : null,
        "PATH" => System.Environment.GetEnvironmentVariable("PATH"),
        _ => null,
    };

    public static ArtifactFilter Only(params string[] names) => ArtifactFilter.Parse([], names);

    public string Describe(string collection = "default") => SnapshotScene.Describe(At("", collection));

    public void AssertConsistent(string collection = "default")
    {
        var read = CollectionStore.Open(Home).Read(collection);
        var manifest = Read("collection.toml", collection);
        foreach (var artifact in read.Artifacts)
        {
            Assert.True(Path.Exists(At(artifact.Path, collection)), artifact.ArtifactId);
            if (artifact.ResolvedSha is { } sha) Assert.Contains($"resolved_sha = \"{sha}\"", manifest, StringComparison.Ordinal);
        }
    }

    public void AssertNothingLeft()
    {
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }), path => Path.GetFileName(path).StartsWith(".skm-", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(Home, ".transactions")));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Git.Dispose();
        _home.Dispose();
    }
}
