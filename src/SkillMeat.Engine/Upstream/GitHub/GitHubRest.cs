using System.Text;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The few things that are asked by GitHub's REST interface: whole trees, and without a token a repository's own description.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="api">The interface's address.</param>
/// <param name="cache">Answers from before, by address, with their ETags: with a token an answer that did not change costs no rate limit.</param>
/// <param name="time">Says how old those answers are.</param>
/// <param name="withoutToken">Whether the token stays out of it.</param>
internal sealed class GitHubRest(UpstreamHttp http, Uri api, IEtagCache cache, TimeProvider time, bool withoutToken = false)
{
    private const string MediaType = "application/vnd.github+json";
    private const string RawMediaType = "application/vnd.github.raw+json";
    private const int LongestText = 1024 * 1024;

    /// <summary>Without a token even an unchanged answer is one of the hour's 60, so what a repository says of itself may be a day old.</summary>
    private static readonly TimeSpan _factsLast = TimeSpan.FromHours(24);

    public async Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        await Task.WhenAll(questions.Select(q => ListOneAsync(q, cancellationToken))).ConfigureAwait(false);

    /// <summary>The facts of a repository that were read in the last 24 hours; null when GitHub must be asked.</summary>
    public RepositoryFacts? FindFacts(RepositoryAddress repository)
    {
        if (cache.Find(AddressOf(repository, "")) is not { } known)
        {
            return null;
        }

        // A wrong clock can have put the reading into the future.
        var age = time.GetUtcNow() - known.ReadAt;
        return age >= TimeSpan.Zero && age < _factsLast ? known.Facts : null;
    }

    /// <summary>The facts of a repository: those of the last 24 hours, else GitHub is asked.</summary>
    /// <exception cref="UpstreamException">The repository could not be asked.</exception>
    public async Task<RepositoryFacts> ReadFactsAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        if (FindFacts(repository) is { } recent)
        {
            return recent;
        }

        var address = AddressOf(repository, "");
        var known = cache.Find(address);
        var request = RequestFor(address, $"description of {repository}");
        return await http.SendAsync(
            known?.ETag is { } tag ? request with { Headers = [new KeyValuePair<string, string>("If-None-Match", tag)] } : request,
            async (body, response, token) =>
            {
                if (response.IsNotModified && known is not null)
                {
                    cache.Add(address, known with { ReadAt = time.GetUtcNow() });
                    return known.Facts;
                }

                using var json = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
                var facts = ReadFacts(json.RootElement);
                cache.Add(address, new EtagEntry(response.ETag, time.GetUtcNow(), facts));
                return facts;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The text of a file, read by its id, which the content must have.</summary>
    /// <exception cref="UpstreamException">It could not be read, or is longer than anything that is read as a text.</exception>
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

    private async Task<TreeAnswer> ListOneAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        var request = RequestFor(AddressOf(question.Repository, $"/git/trees/{question.Commit}?recursive=1"), $"files of {question.Repository}");
        try
        {
            return await http.SendAsync(
                request,
                async (body, _, token) =>
                {
                    using var json = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
                    return new TreeAnswer(question, ReadTree(json.RootElement), !json.RootElement.GetProperty("truncated").GetBoolean(), Error: null);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return new TreeAnswer(question, [], IsComplete: false, e);
        }
    }

    private static List<TreeItem> ReadTree(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("tree", out var tree) || !answer.TryGetProperty("truncated", out _))
        {
            throw new TransientUpstreamException("the answer is not a tree");
        }

        return tree.EnumerateArray()
            .Where(e => e.GetProperty("type").GetString() is "tree" or "blob")
            .Select(e => new TreeItem(e.GetProperty("path").GetString()!, e.GetProperty("type").GetString() == "tree", e.GetProperty("sha").GetString()!))
            .ToList();
    }

    private static RepositoryFacts ReadFacts(JsonElement repository)
    {
        if (repository.ValueKind != JsonValueKind.Object || !repository.TryGetProperty("full_name", out _))
        {
            throw new TransientUpstreamException("the answer is not a repository");
        }

        return new RepositoryFacts(
            Text(repository, "description"),
            repository.TryGetProperty("topics", out var topics) && topics.ValueKind == JsonValueKind.Array ? topics.EnumerateArray().Select(t => t.GetString()!).ToList() : [],
            RepositoryFactsText.License(repository.TryGetProperty("license", out var license) && license.ValueKind == JsonValueKind.Object ? Text(license, "spdx_id") : null),
            repository.TryGetProperty("archived", out var archived) && archived.ValueKind == JsonValueKind.True);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString()!.Trim() : null;

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
        new($"{api.AbsoluteUri.TrimEnd('/')}/repos/{Uri.EscapeDataString(repository.Owner!)}/{Uri.EscapeDataString(repository.Name!)}{rest}");
}
