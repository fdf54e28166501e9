using System.Globalization;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads git's trees by a GitHub's REST interface, where git itself does not answer.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubTrees(UpstreamHttp http)
{
    /// <summary>Lists the paths that are not listed yet.</summary>
    /// <param name="assembly">What is wanted.</param>
    /// <param name="api">The interface.</param>
    /// <param name="withoutToken">Whether to ask as anybody may.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UpstreamException">It can't be asked, or the repository is too large for one answer.</exception>
    /// <exception cref="GitProtocolException">What it lists are no trees.</exception>
    public async Task ListAsync(ContentAssembly assembly, Uri api, bool withoutToken, CancellationToken cancellationToken)
    {
        var (repository, commit) = (assembly.Question.Repository, assembly.Question.Commit);
        var request = new UpstreamHttpRequest
        {
            Uri = new Uri($"{api.AbsoluteUri.TrimEnd('/')}/repos/{Uri.EscapeDataString(repository.Owner!)}/{Uri.EscapeDataString(repository.Name!)}/git/trees/{commit}?recursive=1"),
            What = $"files of {repository} at {commit}",
            Role = HostRole.Api,
            WithoutToken = withoutToken,
            Expect = ExpectedBody.Json,
            Accept = "application/vnd.github+json",
        };
        var trees = await http.SendAsync(request, (body, _, token) => ReadAsync(assembly.Question, body, token), cancellationToken).ConfigureAwait(false);
        var lister = new GitLister(tree => trees.TryGetValue(tree, out var entries) ? entries : throw GitProtocolException.Missing(tree));
        foreach (var path in assembly.Unlisted) assembly.List(lister.List(path, lister.Find(GitOid.Parse(commit), path)));
    }

    // By the trees' ids; the root is called by its commit.
    private static async Task<Dictionary<GitOid, List<GitTreeEntry>>> ReadAsync(ContentQuestion question, Stream body, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
        if (json.RootElement.GetProperty("truncated").GetBoolean())
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{question.Repository} at {question.Commit} has too many files for GitHub's list of them.");
        }

        var folders = new Dictionary<string, List<GitTreeEntry>>(StringComparer.Ordinal) { [""] = [] };
        var trees = new Dictionary<GitOid, List<GitTreeEntry>> { [GitOid.Parse(question.Commit)] = folders[""] };
        // A folder comes before what is in it.
        foreach (var listed in json.RootElement.GetProperty("tree").EnumerateArray())
        {
            var path = listed.GetProperty("path").GetString()!;
            var slash = path.LastIndexOf('/');
            var entry = new GitTreeEntry(path[(slash + 1)..], ModeOf(listed.GetProperty("mode").GetString()!), GitOid.Parse(listed.GetProperty("sha").GetString()!));
            folders[slash < 0 ? "" : path[..slash]].Add(entry);
            if (entry.Kind == GitObjectKind.Tree) trees[entry.Oid] = folders[path] = [];
        }

        return trees;
    }

    private static GitFileMode ModeOf(string octal) => (GitFileMode)octal.Aggregate(0, (mode, digit) => (mode << 3) | int.Parse(digit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture));
}
