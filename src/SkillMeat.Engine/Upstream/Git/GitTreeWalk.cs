namespace SkillMeat.Upstream.Git;

/// <summary>
/// Enumerates everything below a tree, with limits: a few small trees that contain each other repeatedly can expand to billions of paths.
/// </summary>
internal sealed class GitTreeWalk(Func<GitOid, IReadOnlyList<GitTreeEntry>> readTree)
{
    private const int MostEntries = 1_000_000;
    private const int LongestPath = 32 * 1024;

    public IEnumerable<(string Path, GitTreeEntry Entry)> Walk(GitOid tree)
    {
        var levels = new Stack<(string Prefix, IEnumerator<GitTreeEntry> Entries)>();
        levels.Push(("", readTree(tree).GetEnumerator()));
        var count = 0;
        while (levels.TryPeek(out var level))
        {
            if (!level.Entries.MoveNext())
            {
                levels.Pop();
                continue;
            }

            var entry = level.Entries.Current;
            var path = level.Prefix + entry.Name;
            if (++count > MostEntries || path.Length > LongestPath) throw GitProtocolException.TooLarge("a tree of endless depth or number of files");
            yield return (path, entry);
            if (entry.Kind == GitObjectKind.Tree) levels.Push((path + "/", readTree(entry.Oid).GetEnumerator()));
        }
    }
}
