using SkillMeat.Errors;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>A GitHub repository's trees and texts without git: by the REST interface, and as the raw files that browsers show.</summary>
/// <param name="repository">The repository.</param>
/// <param name="rest">Its GitHub's interface.</param>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubListing(RepositoryAddress repository, GitHubRest rest, UpstreamHttp http)
{
    /// <summary>Every file and folder at a commit by its path; null when there is no such commit.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="limit">Why git is not asked; the error too when the interface can't tell either.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UpstreamException">The list is cut, or could not be had.</exception>
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

    /// <summary>The content of a file.</summary>
    /// <exception cref="UpstreamException">It could not be had, is larger than wanted, or is not what the tree names.</exception>
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
