using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.GitHub;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads git's trees with GitHub's REST API, when git itself does not answer.</summary>
/// <param name="rest">The REST API of the repository's GitHub server.</param>
internal sealed class GitHubTrees(GitHubRest rest)
{
    /// <summary>
    /// Lists the paths that have not been listed yet: with one request, or in a very large repository with one for each folder on the way.
    /// </summary>
    /// <param name="assembly">The assembly that receives the listings.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="UpstreamException">A request failed, or a folder is too large for one answer.</exception>
    /// <exception cref="GitProtocolException">The answer does not consist of valid trees.</exception>
    public async Task ListAsync(ContentAssembly assembly, CancellationToken cancellationToken)
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
        foreach (var path in assembly.Unlisted) assembly.List(lister.ListAt(root, path));

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

        // Returns false if the answer is incomplete.
        async Task<bool> ReadAsync(GitOid tree, bool isRecursive)
        {
            var read = await rest.ReadTreeAsync(question.Repository, tree.ToString(), isRecursive, $"files of {question.Repository} at {question.Commit}", cancellationToken).ConfigureAwait(false);
            if (!read.IsComplete) return false;
            foreach (var (id, entries) in TreesIn(read, tree)) trees[id] = entries;
            return true;
        }
    }

    // By the trees' ids; the uppermost by the id that it was asked by.
    private static Dictionary<GitOid, List<GitTreeEntry>> TreesIn(GitHubTree read, GitOid asked)
    {
        var folders = new Dictionary<string, List<GitTreeEntry>>(StringComparer.Ordinal) { [""] = [] };
        var trees = new Dictionary<GitOid, List<GitTreeEntry>> { [asked] = folders[""] };
        var found = new List<(string Path, GitOid Id)>();
        foreach (var (path, entry) in read.Entries)
        {
            folders[path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : ""].Add(entry);
            if (entry.Kind != GitObjectKind.Tree) continue;
            folders[path] = [];
            found.Add((path, entry.Oid));
        }

        // An answer that is not recursive does not show whether a folder is empty.
        foreach (var (path, id) in found.Where(one => folders[one.Path].Count > 0)) trees[id] = folders[path];
        return trees;
    }
}
