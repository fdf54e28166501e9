using System.Text;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Upstream.Tokens;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.ObjectIds;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>A loopback GitHub with one repository, a home with a store, and a folder for temporary files that must be empty at the end.</summary>
internal sealed class ContentScene : IAsyncDisposable
{
    public const string Repo = "octo/skills";

    private static readonly UpstreamOptions _quick = new() { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 2 };

    private readonly TempHome _home = new();
    private readonly List<(RepositoryAddress Repository, string Commit, string Path, KnownObject Object)> _known = [];

    private ContentScene(LoopbackGitHubServer server)
    {
        Server = server;
        Directory.CreateDirectory(_home.At("collections"));
        Directory.CreateDirectory(Temporary);
        Store = new ObjectStore(_home.Path, Random.Shared);
    }

    public LoopbackGitHubServer Server { get; }

    public GitRepositoryBuilder Git { get; } = GitRepositoryBuilder.Create();

    public ObjectStore Store { get; }

    public string Temporary => _home.At("temporary");

    public string Folder => _home.At("upstream");

    public RepositoryAddress OnGitHub => RepositoryAddress.OnGitHub(new Uri(Server.ServerUrl), "octo", "skills");

    public RepositoryAddress OnGitHost => RepositoryAddress.OnGitHost(new Uri($"{Server.ServerUrl}/{Repo}.git"));

    public RepositoryAddress InFolder => RepositoryAddress.InFolder(Folder);

    public bool HasToken { get; init; } = true;

    /// <summary>The folders to search for programs; null to find none.</summary>
    public string? ProgramFolders { get; init; } = System.Environment.GetEnvironmentVariable("PATH");

    /// <summary>The credentials that git stores for hosts; null for none.</summary>
    public GitCredentialScene? Secrets { get; set; }

    public List<string> Reports { get; } = [];

    /// <summary>The files in the store: those that were committed, and leftovers of a writer that did not commit.</summary>
    public IReadOnlyList<string> StoredFiles => Directory.Exists(_home.At("objects")) ? Directory.GetFiles(_home.At("objects")) : [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ContentScene> StartAsync(bool token = true, LoopbackGitHubOptions? options = null, string? path = "")
    {
        var scene = new ContentScene(await LoopbackGitHubServer.StartAsync(options, Cancellation))
        {
            HasToken = token,
            ProgramFolders = path == "" ? System.Environment.GetEnvironmentVariable("PATH") : path,
        };
        scene.Server.AddRepository(Repo, scene.Git);
        return scene;
    }

    /// <summary>Fetches through a session, as operations do.</summary>
    public async Task<IReadOnlyList<ContentAnswer>> FetchAsync(IReadOnlyList<ContentQuestion> questions, HttpMessageHandler? handler = null, CancellationToken? cancellationToken = null)
    {
        using var session = UpstreamSession.Create(CollectionStore.Open(_home.Path), new UpstreamSessionOptions { Environment = Environment, Http = _quick, Handler = handler, Report = Report });
        foreach (var (repository, commit, path, found) in _known) session.ObjectIds.Add(repository, commit, path, found);
        var answers = await session.Contents.FetchAsync(questions, Store, cancellationToken ?? Cancellation);
        session.SaveCaches();
        return answers;
    }

    /// <summary>Asks about a repository as a check does.</summary>
    public async Task<RepositoryAnswer> AskAsync(RepositoryQuestion question)
    {
        using var session = UpstreamSession.Create(CollectionStore.Open(_home.Path), new UpstreamSessionOptions { Environment = Environment, Http = _quick, Report = Report });
        return Assert.Single(await session.Provider.AskAllAsync([question], Cancellation));
    }

    /// <summary>Writes the home's configuration.</summary>
    public void Configure(string toml) => File.WriteAllText(_home.At("config.toml"), toml);

    /// <summary>Lets the next sessions know the object at a path, as after a check.</summary>
    public void Know(RepositoryAddress repository, string commit, string path) =>
        _known.Add((repository, commit, path, new KnownObject(Git.Git("rev-parse", $"{commit}:{path}").Trim(), Git.Git("cat-file", "-t", $"{commit}:{path}").Trim() == "tree")));

    /// <summary>Lets the next sessions assume an object at a path.</summary>
    public void Know(RepositoryAddress repository, string commit, string path, KnownObject found) => _known.Add((repository, commit, path, found));

    /// <summary>Fetches paths of one repository, which must exist.</summary>
    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(RepositoryAddress repository, string commit, params string[] paths)
    {
        var answer = Assert.Single(await FetchAsync([new ContentQuestion(repository, commit, paths)]));
        Assert.Null(answer.Error);
        Assert.Equal(paths, answer.Paths.Select(path => path.Path));
        return answer.Paths;
    }

    /// <summary>Fetches only by git, with the scene's folder for temporary files.</summary>
    public async Task<FetchedPath> FetchByGitAsync(string commit, string path, RepositoryAddress? repository = null, CancellationToken? cancellationToken = null) =>
        Assert.Single(await FetchByGitAsync(new ContentQuestion(repository ?? OnGitHost, commit, [path]), cancellationToken));

    /// <inheritdoc cref="FetchByGitAsync(string, string, RepositoryAddress?, CancellationToken?)"/>
    public async Task<IReadOnlyList<FetchedPath>> FetchByGitAsync(ContentQuestion question, CancellationToken? cancellationToken = null)
    {
        var index = new GitContentFileIndex(_home.At("program.json"), Random.Shared, Report);
        using var program = new GitProgramContents(Environment, Temporary, 2, TimeSpan.FromSeconds(30), TimeProvider.System, index, Report);
        using var objects = Store.BeginBatch();
        var fetched = await program.FetchAsync(question, objects, cancellationToken ?? Cancellation);
        objects.Commit();
        return fetched;
    }

    /// <summary>Describes a stored tree in one line for each file or link: its path, its kind, its text.</summary>
    public IReadOnlyList<string> Read(FetchedPath fetched)
    {
        Assert.Null(fetched.Error);
        var lines = new List<string>();
        // From the view of another process, to which only committed objects exist.
        Read(new ObjectStore(Store.Home, Random.Shared), fetched.Entry ?? throw new InvalidOperationException($"there is no {fetched.Path}"), "", lines);
        return lines;
    }

    public string? Environment(string name) => name switch
    {
        "GITHUB_SERVER_URL" => Server.ServerUrl,
        "GITHUB_API_URL" => Server.ApiUrl,
        "GITHUB_GRAPHQL_URL" => Server.GraphQlUrl,
        "GITHUB_TOKEN" => HasToken ? Server.Token : null,
        "PATH" => ProgramFolders,
        _ => Secrets?.Environment(name),
    };

    public void Report(string line)
    {
        lock (Reports) Reports.Add(line);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Directory.GetFileSystemEntries(Temporary));
        await Server.DisposeAsync();
        Git.Dispose();
        _home.Dispose();
    }

    private static void Read(ObjectStore store, TreeEntry entry, string folder, List<string> lines)
    {
        var path = $"{folder}{entry.Name}";
        if (entry.Kind != TreeEntryKind.Folder) lines.Add($"{path} {entry.Kind} {Encoding.UTF8.GetString(store.ReadBlob(entry.Id))}");
        else foreach (var child in store.ReadTree(entry.Id)) Read(store, child, $"{path}/", lines);
    }
}
