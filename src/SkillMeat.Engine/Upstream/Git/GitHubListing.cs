using SkillMeat.Errors;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>The trees and texts of a repository on GitHub without git: from the REST API, and as raw files.</summary>
/// <param name="repository">The repository.</param>
/// <param name="rest">The REST API of the repository's GitHub server.</param>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubListing(RepositoryAddress repository, GitHubRest rest, UpstreamHttp http)
{
    /// <summary>Lists all files and folders of a commit by path; null if there is no such commit.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="limit">The error of git, which is thrown if the API cannot list the commit either.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="UpstreamException">The list is truncated, or the request failed.</exception>
    public async Task<IReadOnlyDictionary<string, TreeItem>?> ListAsync(GitOid commit, UpstreamException limit, CancellationToken cancellationToken)
    {
        try
        {
            var tree = await rest.ReadTreeAsync(repository, commit.ToString(), isRecursive: true, $"files of {repository}", cancellationToken).ConfigureAwait(false);
            return tree.IsComplete ? tree.ToItems().ToDictionary(item => item.Path, StringComparer.Ordinal) : throw limit;
        }
        catch (UpstreamException e) when (e != limit)
        {
            return e.ErrorId == ErrorIds.UpstreamNotFound ? null : throw limit;
        }
    }

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="UpstreamException">The file cannot be read, is too large, or does not match the id in the tree.</exception>
    public async Task<byte[]> ReadAsync(GitOid commit, FileAnswer file, int maxBytes, CancellationToken cancellationToken)
    {
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var request = new UpstreamHttpRequest
        {
            Uri = new Uri($"{repository.Url!.AbsoluteUri}/raw/{commit}/{path}"),
            What = $"{file.Path} of {repository}",
        };
        var answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Body.Length > maxBytes)
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{file.Path} of {repository} has {answer.Body.Length} bytes; {maxBytes} are the most that is read.");
        }

        return GitObjectId.OfBlob(answer.Body.Span).ToString() == file.BlobId
            ? answer.Body.ToArray()
            : throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{file.Path} of {repository}: the raw file is not the one that the commit {commit} names.");
    }
}
