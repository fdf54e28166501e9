using Microsoft.AspNetCore.Http;
using SkillMeat.Tests.LoopbackGitHub.GraphQl;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Finds the endpoint for a request, and checks whether the sender may see the repository.</summary>
internal sealed class RequestRouter
{
    private readonly RepositoryIndex _repositories;
    private readonly string _serverUrl;
    private readonly GitEndpoint _git;
    private readonly ArchiveEndpoint _archives;
    private readonly RawEndpoint _raw;
    private readonly LfsEndpoint _lfs;
    private readonly RestApi _rest;
    private readonly GraphQlEndpoint _graphQl;
    private readonly bool _strictGit;
    private volatile GitMood _gitMood;

    public RequestRouter(LoopbackGitHubOptions options, RepositoryIndex repositories, string serverUrl, string systemConfig)
    {
        _repositories = repositories;
        _serverUrl = serverUrl;
        _strictGit = options.StrictGit;
        _gitMood = options.GitMood;
        var limits = new RateLimits(options);
        _git = new GitEndpoint(options, new HttpBackend(systemConfig));
        _archives = new ArchiveEndpoint(serverUrl, systemConfig);
        _raw = new RawEndpoint(serverUrl);
        _lfs = new LfsEndpoint(serverUrl);
        _rest = new RestApi(options, repositories, limits, _archives, serverUrl + "/api/v3");
        _graphQl = new GraphQlEndpoint(options, repositories, limits, serverUrl);
    }

    public GitMood GitMood
    {
        get => _gitMood;
        set => _gitMood = value;
    }

    /// <summary>Returns the demand of a GraphQL request; null if it cannot be executed.</summary>
    public QueryDemand? Measure(LoopbackRequest request) => _graphQl.Measure(request);

    public async Task<Answer> AnswerAsync(LoopbackRequest request, CancellationToken cancellationToken) => request.Segments switch
    {
        ["api", "graphql"] or ["graphql"] => await OwnThread.RunAsync(() => _graphQl.Handle(request)),
        ["api", "v3", ..] => await OwnThread.RunAsync(() => _rest.Handle(request)),
        ["codeload", var owner, var name, "tar.gz" or "legacy.tar.gz", .. var reference] when request.IsRead =>
            await ForArchiveAsync(owner, name, request, repository => _archives.Send(repository, string.Join('/', reference))),
        [var owner, var name, "archive", .. var rest] when request.IsRead =>
            await ForArchiveAsync(owner, name, request, repository => _archives.RedirectFromPage(repository, rest)),
        ["raw-host", var owner, var name, .. var file] when request.IsRead =>
            await ForArchiveAsync(owner, name, request, repository => RawEndpoint.Send(repository, file)),
        [var owner, var name, "raw", .. var file] when request.IsRead =>
            await ForArchiveAsync(owner, name, request, repository => _raw.RedirectFromPage(repository, file)),
        ["lfs-host", var owner, var name, var oid] when request.IsRead =>
            _repositories.Find(NameOf(owner, name), out _) is { } repository ? _lfs.Send(repository, oid, request) : NotFound,
        [var owner, var name, "info", "lfs", "objects", "batch"] when HttpMethods.IsPost(request.Method) && name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) =>
            ForLfs(owner, name, request),
        [var owner, var name, "info", "refs"] when request.IsRead =>
            await ForGitAsync(owner, name, request, repository => _git.AdvertiseAsync(repository, request, cancellationToken)),
        [var owner, var name, "git-upload-pack"] =>
            await ForGitAsync(owner, name, request, repository => _git.UploadAsync(repository, request, cancellationToken)),
        _ => NotFound,
    };

    private static Answer NotFound => Answer.Text(StatusCodes.Status404NotFound, "Not Found");

    private static bool MaySee(HostedRepository repository, LoopbackRequest request) =>
        !repository.Facts.Private || request.Credential == Credential.Valid;

    private static RepositoryName NameOf(string owner, string name) =>
        new(owner, name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    private async Task<Answer> ForGitAsync(string owner, string name, LoopbackRequest request, Func<HostedRepository, Task<Answer>> answer)
    {
        var isUpload = request.Segments[^1] == "git-upload-pack";
        var refusal = _strictGit ? GitRefusals.OfClient(request, name, isUpload) : null;
        refusal ??= isUpload ? GitRefusals.OfMood(_gitMood, request) : null;
        if (refusal is not null)
        {
            return refusal;
        }

        // As on GitHub, bad credentials are refused everywhere, and without credentials a hidden repository looks like a missing one.
        if (request.Credential == Credential.Wrong)
        {
            return Challenge("Invalid username or token. Password authentication is not supported for Git operations.\n");
        }

        var repository = _repositories.Find(NameOf(owner, name), out var moved);
        if (repository is null || !MaySee(repository, request))
        {
            return request.Credential == Credential.None
                ? Challenge("Repository not found.\n")
                : Answer.Text(StatusCodes.Status404NotFound, "Repository not found.\n");
        }

        return TokenRefusals.Refuses(repository, request) ? TokenRefusals.OfFiles(repository)
            : moved ? Moved(repository, name, request)
            : await answer(repository);
    }

    private async Task<Answer> ForArchiveAsync(string owner, string name, LoopbackRequest request, Func<HostedRepository, Answer> answer)
    {
        var repository = _repositories.Find(NameOf(owner, name), out var moved);
        if (repository is null || !MaySee(repository, request))
        {
            return NotFound;
        }

        return TokenRefusals.Refuses(repository, request) ? TokenRefusals.OfFiles(repository)
            : moved ? Moved(repository, name, request)
            : await OwnThread.RunAsync(() => answer(repository));
    }

    private Answer ForLfs(string owner, string name, LoopbackRequest request)
    {
        var repository = _repositories.Find(NameOf(owner, name), out var moved);
        if (request.Credential == Credential.Wrong || ((repository is null || !MaySee(repository, request)) && request.Credential == Credential.None))
        {
            return LfsEndpoint.Error(StatusCodes.Status401Unauthorized, "Credentials needed").With("LFS-Authenticate", "Basic realm=\"GitHub\"");
        }

        if (repository is null)
        {
            return LfsEndpoint.Error(StatusCodes.Status404NotFound, "Not Found");
        }

        return TokenRefusals.Refuses(repository, request) ? TokenRefusals.OfFiles(repository)
            : moved ? Moved(repository, name, request) with { Status = StatusCodes.Status307TemporaryRedirect }
            : _lfs.Batch(repository, request);
    }

    private static Answer Challenge(string message) =>
        Answer.Text(StatusCodes.Status401Unauthorized, message).With("WWW-Authenticate", "Basic realm=\"GitHub\"");

    private Answer Moved(HostedRepository repository, string name, LoopbackRequest request)
    {
        var segments = request.Segments.ToList();
        var at = segments[0] is "codeload" or "raw-host" ? 1 : 0;
        segments[at] = repository.Name.Owner;
        segments[at + 1] = repository.Name.Name + (name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? ".git" : "");
        return Answer.Redirect(
            StatusCodes.Status301MovedPermanently, $"{_serverUrl}/{string.Join('/', segments.Select(Uri.EscapeDataString))}{request.Query}");
    }
}
