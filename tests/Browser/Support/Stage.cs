using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;
using Cookie = Microsoft.Playwright.Cookie;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A home with its service, a GitHub on loopback and a folder for projects: one for each test class, whose tests have collections, repositories and projects of their own.</summary>
public sealed class Stage(Chromium chromium) : IAsyncLifetime
{
    private readonly List<GitRepositoryBuilder> _repositories = [];
    private LoopbackGitHubServer? _gitHub;
    private SkmService? _service;
    private Task<Cookie>? _cookie;
    private int _names;

    /// <summary>The temporary folder with the home and everything beside it.</summary>
    public string Place { get; } = Directory.CreateTempSubdirectory("skm-page-").FullName;

    public string Home => Path.Combine(Place, "home");

    public Uri Url => Service.Url;

    /// <summary>The address that <c>skm serve</c> prints.</summary>
    public string SignInAddress => $"{Url}?token={Service.Token}";

    internal ServiceClient Api { get; private set; } = null!;

    /// <summary>The log of the running service.</summary>
    internal string Log => _service?.Log ?? "";

    internal SkmService Service => _service ?? throw new InvalidOperationException("The service is not running.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Requirements.SkipAll) return;
        _gitHub = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancellation);
        await StartServiceAsync();
    }

    /// <summary>Ends the service without warning.</summary>
    public async Task StopServiceAsync()
    {
        if (_service is null) return;
        await _service.DisposeAsync();
        Api.Dispose();
        _service = null;
        _cookie = null;
    }

    /// <summary>Starts the service, on a free port or a given one.</summary>
    public async Task StartServiceAsync(int port = 0)
    {
        _service = await SkmService.StartAsync(Home, Environment(), port, Cancellation);
        Api = new ServiceClient(_service.Url, _service.Token);
    }

    /// <summary>Returns a name that no other test of the class has.</summary>
    public string NewName(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref _names)}");

    /// <summary>Makes a collection of the name, active or not.</summary>
    public async Task<string> CollectionAsync(string? name = null)
    {
        name ??= NewName("collection");
        await Api.SendAsync(HttpMethod.Post, "collections", new { name });
        return name;
    }

    /// <summary>Makes a repository on the GitHub of this stage.</summary>
    public GitRepositoryBuilder Repository(string name, params GitChange[] files)
    {
        var repository = GitRepositoryBuilder.Create();
        _repositories.Add(repository);
        repository.Commit("Add the first version", files);
        _gitHub!.AddRepository(name, repository);
        return repository;
    }

    /// <summary>Makes answers of the GitHub slow.</summary>
    public void DelayGitHub(TimeSpan delay) => _gitHub!.Delay = delay;

    /// <summary>Writes a file below the temporary folder and returns its path.</summary>
    public string Write(string path, string text)
    {
        var file = Path.Combine(Place, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Makes an empty folder for a project and registers it.</summary>
    public async Task<string> ProjectAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Place, "src", name)).FullName;
        await Api.SendAsync(HttpMethod.Post, "projects", new { path = folder });
        return folder;
    }

    /// <summary>Runs <c>skm</c> on the home, as another program.</summary>
    public Task<string> SkmAsync(params string[] arguments) => SkmProgram.RunAsync(Environment(), Cancellation, [.. arguments, "--home", Home]);

    /// <summary>Signs in as the browser that <c>skm serve</c> opens, and returns the cookie of the session.</summary>
    internal Task<Cookie> CookieAsync() => _cookie ??= SignInAsync();

    /// <summary>Opens the page at a path, in a browser of its own, and fails if the page complained.</summary>
    public Task VisitAsync(string path, Func<IPage, Task> act, VisitOptions? options = null) => Visit.RunAsync(chromium, this, path, act, options ?? new VisitOptions());

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        if (_gitHub is not null) await _gitHub.DisposeAsync();
        foreach (var repository in _repositories) repository.Dispose();
        Directory.Delete(Place, recursive: true);
    }

    private async Task<Cookie> SignInAsync()
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = cookies });
        using var answer = await client.GetAsync(SignInAddress, Cancellation);
        var session = cookies.GetAllCookies().Single();
        return new Cookie { Url = Url.ToString(), Name = session.Name, Value = session.Value, HttpOnly = true, SameSite = SameSiteAttribute.Strict };
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = Place,
        ["USERPROFILE"] = Place,
        ["GITHUB_SERVER_URL"] = _gitHub!.ServerUrl,
        ["GITHUB_API_URL"] = _gitHub.ApiUrl,
        ["GITHUB_GRAPHQL_URL"] = _gitHub.GraphQlUrl,
        ["SKILLMEAT_GITHUB_TOKEN"] = _gitHub.Token,
    };
}
