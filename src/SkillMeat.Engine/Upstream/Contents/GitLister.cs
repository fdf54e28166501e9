using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Lists what is at and below wanted paths. For one thread and one question, all of whose paths share its limit.</summary>
/// <param name="readTree">Gives the entries of a tree.</param>
internal sealed class GitLister(Func<GitOid, IReadOnlyList<GitTreeEntry>> readTree)
{
    private const int MostEntries = 100_000;
    private const int LongestPath = 4096;

    private int _entries;

    /// <summary>Finds what is at a path.</summary>
    /// <param name="tree">The commit's root, or the commit where <c>readTree</c> takes it.</param>
    /// <param name="path">With <c>/</c>; empty for the root.</param>
    /// <returns>Null when nothing is there.</returns>
    public GitTreeEntry? Find(GitOid tree, string path)
    {
        var entry = new GitTreeEntry("", GitFileMode.Folder, tree);
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Kind != GitObjectKind.Tree || readTree(entry.Oid).FirstOrDefault(child => child.Name == name) is not { } next) return null;
            entry = next;
        }

        return entry;
    }

    /// <summary>Lists a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">What is at it; null when nothing is.</param>
    /// <exception cref="GitProtocolException">A tree is not there, or there is more than any artifact holds.</exception>
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

    private void Gather(string path, GitOid tree, string[] below, List<GitFile> files, List<string> submodules)
    {
        foreach (var entry in readTree(tree))
        {
            var name = entry.Name;
            if (IgnoredNames.Contains(name)) continue;
            string[] parts = [.. below, name];
            var full = path.Length == 0 ? name : $"{path}/{name}";
            if (++_entries > MostEntries || full.Length > LongestPath) throw GitProtocolException.TooLarge("a folder of endless depth or number of files");
            if (entry.Kind == GitObjectKind.Tree) Gather(full, entry.Oid, parts, files, submodules);
            else if (entry.Kind == GitObjectKind.Commit) submodules.Add(full);
            else files.Add(new GitFile(parts, entry.Mode, entry.Oid));
        }
    }
}
