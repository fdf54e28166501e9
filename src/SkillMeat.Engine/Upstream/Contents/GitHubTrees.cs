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
    /// <summary>Lists the paths that are not listed yet: by one request, in a repository with too many files for one by one for each folder on the way.</summary>
    /// <param name="assembly">What is wanted.</param>
    /// <param name="api">The interface.</param>
    /// <param name="withoutToken">Whether to ask as anybody may.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UpstreamException">It can't be asked, or a folder is too large for one answer.</exception>
    /// <exception cref="GitProtocolException">What it lists are no trees.</exception>
    public async Task ListAsync(ContentAssembly assembly, Uri api, bool withoutToken, CancellationToken cancellationToken)
    {
        var question = assembly.Question;
        var root = GitOid.Parse(question.Commit);
        var trees = new Dictionary<GitOid, List<GitTreeEntry>>();
        if (!await ReadAsync(root, isRecursive: true).ConfigureAwait(false))
        {
            await ReadAsync(root, isRecursive: false).ConfigureAwait(false);
            foreach (var path in assembly.Unlisted) await DescendAsync(path).ConfigureAwait(false);
        }

        var lister = new GitLister(tree => trees.TryGetValue(tree, out var entries) ? entries : throw GitProtocolException.Missing(tree));
        foreach (var path in assembly.Unlisted) assembly.List(lister.List(path, lister.Find(root, path)));

        async Task DescendAsync(string path)
        {
            var folder = root;
            var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < names.Length; i++)
            {
                if (trees[folder].Find(entry => entry.Name == names[i]) is not { Kind: GitObjectKind.Tree } next) return;
                folder = next.Oid;
                if (i + 1 < names.Length && !trees.ContainsKey(folder)) await ReadAsync(folder, isRecursive: false).ConfigureAwait(false);
            }

            if (!await ReadAsync(folder, isRecursive: true).ConfigureAwait(false))
            {
                throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"'{path}' of {question.Repository} has too many files for GitHub's list of them.");
            }
        }

        // False when the answer does not hold everything.
        Task<bool> ReadAsync(GitOid tree, bool isRecursive) => http.SendAsync(
            new UpstreamHttpRequest
            {
                Uri = new Uri(
                    $"{api.AbsoluteUri.TrimEnd('/')}/repos/{Uri.EscapeDataString(question.Repository.Owner!)}/{Uri.EscapeDataString(question.Repository.Name!)}/git/trees/{tree}{(isRecursive ? "?recursive=1" : "")}"),
                What = $"files of {question.Repository} at {question.Commit}",
                Role = HostRole.Api,
                WithoutToken = withoutToken,
                Expect = ExpectedBody.Json,
                Accept = "application/vnd.github+json",
            },
            async (body, _, token) =>
            {
                using var json = await WholeJson.ReadAsync(body, $"files of {question.Repository} at {question.Commit}", token).ConfigureAwait(false);
                if (json.RootElement.GetProperty("truncated").GetBoolean()) return false;
                foreach (var (id, entries) in TreesIn(json.RootElement, tree)) trees[id] = entries;
                return true;
            },
            cancellationToken);
    }

    // By the trees' ids; the uppermost by the id that it was asked by.
    private static Dictionary<GitOid, List<GitTreeEntry>> TreesIn(JsonElement answer, GitOid asked)
    {
        var folders = new Dictionary<string, List<GitTreeEntry>>(StringComparer.Ordinal) { [""] = [] };
        var trees = new Dictionary<GitOid, List<GitTreeEntry>> { [asked] = folders[""] };
        var found = new List<(string Path, GitOid Id)>();
        // A folder comes before what is in it.
        foreach (var listed in answer.GetProperty("tree").EnumerateArray())
        {
            var path = listed.GetProperty("path").GetString() ?? "";
            var slash = path.LastIndexOf('/');
            // Git makes no such names, and what is joined to a folder must not lead out of it.
            if (path[(slash + 1)..] is "" or "." or "..") throw new FormatException($"'{path}' is no path");
            var entry = new GitTreeEntry(path[(slash + 1)..], ModeOf(listed.GetProperty("mode").GetString() ?? ""), GitOid.Parse(listed.GetProperty("sha").GetString() ?? ""));
            folders[slash < 0 ? "" : path[..slash]].Add(entry);
            if (entry.Kind != GitObjectKind.Tree) continue;
            folders[path] = [];
            found.Add((path, entry.Oid));
        }

        // An answer that is not recursive does not say that a folder is empty.
        foreach (var (path, id) in found.Where(one => folders[one.Path].Count > 0)) trees[id] = folders[path];
        return trees;
    }

    private static GitFileMode ModeOf(string octal) => (GitFileMode)octal.Aggregate(0, (mode, digit) => (mode << 3) | int.Parse(digit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture));
}
