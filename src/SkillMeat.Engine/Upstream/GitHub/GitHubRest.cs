using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Sends requests to GitHub's REST API: with Octokit for the facts of a repository, without it for trees, texts and archives, which are too large for
/// Octokit.
/// </summary>
/// <param name="http">Sends requests.</param>
/// <param name="api">The address of the API.</param>
/// <param name="cache">
/// The cache of earlier answers with their ETags. With a token, an unchanged answer does not count against the rate limit.
/// </param>
/// <param name="time">The clock for the age of cached answers.</param>
/// <param name="withoutToken">Whether to omit the token.</param>
internal sealed class GitHubRest(UpstreamHttp http, Uri api, IEtagCache cache, TimeProvider time, bool withoutToken = false)
{
    private const string MediaType = "application/vnd.github+json";
    private const string RawMediaType = "application/vnd.github.raw+json";
    private const int LongestText = 1024 * 1024;

    private readonly string _api = api.AbsoluteUri.TrimEnd('/');

    /// <summary>Gets a client of the same interface that sends no token.</summary>
    public GitHubRest WithoutToken() => new(http, api, cache, time, withoutToken: true);

    /// <summary>Returns the facts of a repository that were read in the last 24 hours, or null if they must be requested.</summary>
    public RepositoryFacts? FindFacts(RepositoryAddress repository)
    {
        if (cache.Find(AddressOf(repository, "")) is not { } known)
        {
            return null;
        }

        return known.IsFreshAt(time.GetUtcNow()) ? known.Facts : null;
    }

    /// <summary>Returns the facts of a repository, from the last 24 hours or from GitHub.</summary>
    /// <exception cref="UpstreamException">The request failed.</exception>
    public async Task<RepositoryFacts> ReadFactsAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        if (FindFacts(repository) is { } recent)
        {
            return recent;
        }

        var address = AddressOf(repository, "");
        var known = cache.Find(address);
        var request = RequestFor(address, $"description of {repository}");
        using var handler = new OctokitHandler(
            http,
            known?.ETag is { } tag ? request with { Headers = [new KeyValuePair<string, string>("If-None-Match", tag)] } : request,
            ("a repository", "full_name"),
            cancellationToken);
        RepositoryFacts facts;
        try
        {
            facts = await OctokitFacts.ReadAsync(new Uri($"{_api}/"), repository, handler).ConfigureAwait(false) ?? known!.Facts;
        }
        catch (Exception e) when (handler.Response is not null)
        {
            // Octokit throws exceptions of many types for an answer that it cannot read.
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{request.What}: the answer of {address.Authority} is JSON of another shape than expected.", innerException: e);
        }

        cache.Add(address, new EtagEntry(handler.Response!.ETag ?? known?.ETag, time.GetUtcNow(), facts));
        return facts;
    }

    /// <summary>Reads the text of a file by its id, and verifies the id.</summary>
    /// <exception cref="UpstreamException">The text cannot be read, or is longer than the limit.</exception>
    public Task<string> ReadTextAsync(RepositoryAddress repository, FileAnswer file, CancellationToken cancellationToken)
    {
        var request = RequestFor(AddressOf(repository, $"/git/blobs/{file.BlobId}"), $"'{file.Path}' of {repository}") with
        {
            Expect = ExpectedBody.Any,
            Accept = RawMediaType,
        };
        return http.SendAsync(
            request,
            async (body, _, token) =>
            {
                var content = new byte[LongestText + 1];
                var length = await body.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, token).ConfigureAwait(false);
                if (length > LongestText)
                {
                    throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: '{file.Path}' has more than {LongestText} bytes, which is the most that is read as a text.");
                }

                return GitObjectId.OfBlob(content.AsSpan(0, length)).ToString() == file.BlobId
                    ? Encoding.UTF8.GetString(content, 0, length)
                    : throw new TransientUpstreamException("the content is not that of the file's id");
            },
            cancellationToken);
    }

    /// <summary>Lists a tree. Octokit would hold a large answer as a string and each entry as a dictionary.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tree">The id of the tree or of a commit, or a ref.</param>
    /// <param name="isRecursive">Whether to list its folders too.</param>
    /// <param name="what">The name of the request in errors.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UpstreamException">It could not be listed.</exception>
    public Task<GitHubTree> ReadTreeAsync(RepositoryAddress repository, string tree, bool isRecursive, string what, CancellationToken cancellationToken) => http.SendAsync(
        RequestFor(AddressOf(repository, $"/git/trees/{string.Join('/', tree.Split('/').Select(Uri.EscapeDataString))}{(isRecursive ? "?recursive=1" : "")}"), what),
        async (body, _, token) =>
        {
            using var json = await WholeJson.ReadAsync(body, what, http.Limits, token).ConfigureAwait(false);
            return GitHubTree.Read(json.RootElement);
        },
        cancellationToken);

    /// <summary>Makes the request for an archive. Octokit would read it as a whole.</summary>
    public UpstreamHttpRequest ArchiveOf(RepositoryAddress repository, string commit, string what) =>
        RequestFor(AddressOf(repository, $"/tarball/{commit}"), what) with { Expect = ExpectedBody.Archive };

    private UpstreamHttpRequest RequestFor(Uri address, string what) => new()
    {
        Uri = address,
        What = what,
        Role = HostRole.Api,
        Expect = ExpectedBody.Json,
        Accept = MediaType,
        WithoutToken = withoutToken,
    };

    private Uri AddressOf(RepositoryAddress repository, string rest) =>
        new($"{_api}/repos/{Uri.EscapeDataString(repository.Owner!)}/{Uri.EscapeDataString(repository.Name!)}{rest}");
}
