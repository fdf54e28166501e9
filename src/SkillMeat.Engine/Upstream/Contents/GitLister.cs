using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Lists the content of wanted paths. Use one instance for each question, because all its paths share one limit. Not thread-safe.</summary>
/// <param name="readTree">Returns the entries of a tree.</param>
internal sealed class GitLister(Func<GitOid, IReadOnlyList<GitTreeEntry>> readTree)
{
    private const int MostEntries = 100_000;
    private const int MostCharacters = 32 << 20;

    private readonly Dictionary<GitOid, Dictionary<string, GitTreeEntry>> _searched = [];
    private int _entries;
    private int _characters;

    /// <summary>Finds the entry at a path.</summary>
    /// <param name="tree">The root tree of the commit, or the commit if <c>readTree</c> accepts it.</param>
    /// <param name="path">The path, separated by <c>/</c>; empty for the root.</param>
    /// <returns>The entry, or null if the path does not exist.</returns>
    public GitTreeEntry? Find(GitOid tree, string path)
    {
        var entry = new GitTreeEntry("", GitFileMode.Folder, tree);
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Kind != GitObjectKind.Tree || !Children(entry.Oid).TryGetValue(name, out var next)) return null;
            entry = next;
        }

        return entry;
    }

    /// <summary>Finds a path and lists its content, or the link through which it is reached.</summary>
    /// <inheritdoc cref="Find"/>
    /// <exception cref="GitProtocolException">A tree is missing, or there are more entries than any artifact has.</exception>
    public GitListing ListAt(GitOid tree, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var entry = new GitTreeEntry("", GitFileMode.Folder, tree);
        for (var length = 0; length < names.Length; length++)
        {
            if (length > 0 && new GitFile([], entry.Mode, entry.Oid) is { IsLink: true } link)
            {
                return new GitListing(path, Id: null, IsFolder: false, [link], []) { Through = string.Join('/', names[..length]) };
            }

            if (entry.Kind != GitObjectKind.Tree || !Children(entry.Oid).TryGetValue(names[length], out var next)) return List(path, root: null);
            entry = next;
        }

        return List(path, entry);
    }

    /// <summary>Lists the content of a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">The entry at the path; null if it does not exist.</param>
    /// <exception cref="GitProtocolException">A tree is missing, or there are more entries than any artifact has.</exception>
    public GitListing List(string path, GitTreeEntry? root)
    {
        if (root is null) return new GitListing(path, Id: null, IsFolder: false, [], []);
        if (root.Kind == GitObjectKind.Commit) return new GitListing(path, Id: null, IsFolder: false, [], [path]);
        if (root.Kind == GitObjectKind.Blob) return new GitListing(path, root.Oid, IsFolder: false, [new GitFile([], root.Mode, root.Oid)], []);
        var files = new List<GitFile>();
        var submodules = new List<string>();
        Gather(path, root.Oid, [], files, submodules);
        return new GitListing(path, root.Oid, IsFolder: true, files, submodules);
    }

    // Many wanted paths are usually in the same few folders.
    private Dictionary<string, GitTreeEntry> Children(GitOid tree)
    {
        if (_searched.TryGetValue(tree, out var known)) return known;
        var children = new Dictionary<string, GitTreeEntry>(StringComparer.Ordinal);
        foreach (var child in readTree(tree)) children.TryAdd(child.Name, child);
        return _searched[tree] = children;
    }

    private void Gather(string path, GitOid tree, string[] below, List<GitFile> files, List<string> submodules)
    {
        foreach (var entry in readTree(tree))
        {
            var name = entry.Name;
            if (IgnoredNames.IsGit(name)) continue;
            string[] parts = [.. below, name];
            var full = path.Length == 0 ? name : $"{path}/{name}";
            if (++_entries > MostEntries || full.Length > LinkPath.LongestPath || (_characters += full.Length) > MostCharacters) throw GitProtocolException.TooLarge("a folder of endless depth or number of files");
            if (entry.Kind == GitObjectKind.Tree) Gather(full, entry.Oid, parts, files, submodules);
            else if (entry.Kind == GitObjectKind.Commit) submodules.Add(full);
            else files.Add(new GitFile(parts, entry.Mode, entry.Oid));
        }
    }
}
