using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The REST API: addresses, rate limits and entity tags. The other types create the content of the answers.</summary>
internal sealed class RestApi(LoopbackGitHubOptions options, RepositoryIndex repositories, RateLimits limits, ArchiveEndpoint archives, string apiUrl)
{
    private const string NoUserAgent =
        "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\r\n";

    /// <summary>Answers <c>/api/v3/...</c>.</summary>
    public Answer Handle(LoopbackRequest request)
    {
        if (request.Header("User-Agent").Length == 0)
        {
            return Answer.Text(StatusCodes.Status403Forbidden, NoUserAgent, "text/html; charset=utf-8");
        }

        if (request.Credential == Credential.Wrong)
        {
            return Answer.Error(StatusCodes.Status401Unauthorized, "Bad credentials");
        }

        var path = request.Segments.Skip(2).ToList();
        if (path is ["rate_limit"] && request.IsRead)
        {
            return AnswerRateLimit(request.Credential);
        }

        var limit = limits.Rest(request.Credential);
        if (limit.IsUsedUp)
        {
            return Answer.Error(StatusCodes.Status403Forbidden, RateLimits.Message(request.Credential)).With(limit.Headers());
        }

        var answer = WithEntityTag(Dispatch(request, path), request);
        // A conditional request is free only with a token.
        var isFree = answer.Status == StatusCodes.Status304NotModified && request.Credential == Credential.Valid;
        if (!isFree && !limit.TryTake(1))
        {
            answer = Answer.Error(StatusCodes.Status403Forbidden, RateLimits.Message(request.Credential));
        }

        return answer.With(limit.Headers());
    }

    private static Answer NotFound => Answer.Error(StatusCodes.Status404NotFound, "Not Found");

    private static Answer WithEntityTag(Answer answer, LoopbackRequest request)
    {
        if (answer.Status != StatusCodes.Status200OK)
        {
            return answer;
        }

        // The kind of answer is part of its identity: the same address gives JSON or raw bytes.
        var hash = Convert.ToHexString(SHA256.HashData([.. answer.Body.Span, .. System.Text.Encoding.UTF8.GetBytes(answer.ContentType ?? "")]));
        var tag = $"W/\"{hash.ToLowerInvariant()}\"";
        var known = request.Header("If-None-Match").Split(',', StringSplitOptions.TrimEntries);
        var unchanged = known.Contains(tag) || known.Contains(tag[2..]) || known is ["*"];
        return (unchanged ? new Answer(StatusCodes.Status304NotModified) : answer)
            .With("ETag", tag)
            .With("Cache-Control", (request.Credential == Credential.Valid ? "private" : "public") + ", max-age=60, s-maxage=60")
            .With("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    }

    private Answer Dispatch(LoopbackRequest request, List<string> path)
    {
        if (!request.IsRead)
        {
            return NotFound;
        }

        switch (path)
        {
            case ["repos", var owner, var name, .. var rest]:
                var repository = repositories.Find(new RepositoryName(owner, name), out var moved);
                return repository is null || IsHidden(repository, request) ? NotFound
                    : TokenRefusals.Refuses(repository, request) ? TokenRefusals.OfRest(repository)
                    : moved ? Moved(repository, request, rest)
                    : InRepository(repository, request, rest);
            case ["repositories", var id, .. var rest] when long.TryParse(id, out var number):
                var byId = repositories.Find(number);
                return byId is null || IsHidden(byId, request) ? NotFound
                    : TokenRefusals.Refuses(byId, request) ? TokenRefusals.OfRest(byId)
                    : InRepository(byId, request, rest);
            default:
                return NotFound;
        }
    }

    private static bool IsHidden(HostedRepository repository, LoopbackRequest request) =>
        repository.Facts.Private && request.Credential != Credential.Valid;

    private Answer InRepository(HostedRepository repository, LoopbackRequest request, List<string> path)
    {
        var view = RepositoryView.Of(repository);
        var urls = new RestUrls(apiUrl, view.Name);
        return path switch
        {
            [] => RestRepository.Describe(view, urls),
            ["git", "trees", .. var reference] when reference.Count > 0 =>
                new RestTrees(options).List(view, urls, string.Join('/', reference), request.Parameter("recursive") is not null),
            ["git", "blobs", var id] => RestBlobs.Read(view, urls, id, WantsRaw(request)),
            ["contents", .. var inside] => RestContents.Read(view, urls, string.Join('/', inside), request.Parameter("ref"), WantsRaw(request)),
            ["commits", .. var reference] when reference.Count > 0 =>
                RestCommits.Read(view, urls, string.Join('/', reference), request.Header("Accept").Contains(".sha", StringComparison.Ordinal)),
            ["tarball", .. var reference] => archives.RedirectFromApi(repository, string.Join('/', reference)),
            _ => NotFound,
        };
    }

    private static bool WantsRaw(LoopbackRequest request)
    {
        var accept = request.Header("Accept");
        return accept.StartsWith("application/vnd.github", StringComparison.Ordinal) && accept.Contains("raw", StringComparison.Ordinal);
    }

    private Answer Moved(HostedRepository repository, LoopbackRequest request, List<string> rest)
    {
        var url = $"{apiUrl}/repositories/{repository.Id}{string.Concat(rest.Select(part => "/" + Uri.EscapeDataString(part)))}{request.Query}";
        return Answer.Json(
            StatusCodes.Status301MovedPermanently,
            new { message = "Moved Permanently", url, documentation_url = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects" })
            .With("Location", url);
    }

    private Answer AnswerRateLimit(Credential credential)
    {
        static object Describe(RateLimit limit)
        {
            var (most, used, remaining, reset) = limit.Read();
            return new { limit = most, used, remaining, reset };
        }

        var core = limits.Rest(credential);
        return Answer.Json(StatusCodes.Status200OK, new { resources = new { core = Describe(core), graphql = Describe(limits.GraphQl) }, rate = Describe(core) })
            .With(core.Headers());
    }
}
