using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>Finds the files that differ between two trees. Equal folders are not read.</summary>
internal sealed class TreeDifference(ObjectStore before, ObjectStore after, CancellationToken cancellationToken)
{
    private readonly List<string> _paths = [];

    /// <summary>Finds the files.</summary>
    /// <param name="old">The old file or folder, or null for none.</param>
    /// <param name="now">The new file or folder, or null for none.</param>
    /// <returns>Their paths in the folder, in order. The path of a single file is its name.</returns>
    public IReadOnlyList<string> Find(TreeEntry? old, TreeEntry? now)
    {
        _paths.Clear();
        if (IsFolder(old) || IsFolder(now)) Add("", old, now, depth: 0);
        else if (old is null || now is null || !old.IsSameAs(now)) _paths.Add((now ?? old)!.Name);
        _paths.Sort(StringComparer.Ordinal);
        return [.. _paths];
    }

    private void Add(string path, TreeEntry? old, TreeEntry? now, int depth)
    {
        if (old is not null && now is not null && old.IsSameAs(now)) return;
        cancellationToken.ThrowIfCancellationRequested();
        TreeLimits.Check(after.Folder.Path, (now ?? old)!.Id, depth, _paths.Count);
        if (!IsFolder(old) && !IsFolder(now))
        {
            _paths.Add(path);
            return;
        }

        // A file in place of a folder differs, too.
        if (old is not null && !IsFolder(old)) _paths.Add(path);
        if (now is not null && !IsFolder(now)) _paths.Add(path);
        var ones = ChildrenOf(before, old);
        var others = ChildrenOf(after, now);
        foreach (var name in ones.Keys.Union(others.Keys)) Add(path.Length == 0 ? name : $"{path}/{name}", ones.GetValueOrDefault(name), others.GetValueOrDefault(name), depth + 1);
    }

    private static Dictionary<string, TreeEntry> ChildrenOf(ObjectStore objects, TreeEntry? entry) =>
        IsFolder(entry) ? objects.ReadTree(entry!.Id).ToDictionary(child => child.Name, StringComparer.Ordinal) : [];

    private static bool IsFolder(TreeEntry? entry) => entry is { Kind: TreeEntryKind.Folder };
}
