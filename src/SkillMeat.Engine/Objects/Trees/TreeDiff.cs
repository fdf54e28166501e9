using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>
/// Compares trees and finds the files, links and empty folders that differ. Reads no files, and only the tree nodes that differ. Thread-safe.
/// </summary>
internal sealed class TreeDiff(ObjectStore store)
{
    /// <summary>Finds the differences, ordered by the UTF-8 bytes of their path components.</summary>
    /// <param name="before">The old tree, or null for an empty one.</param>
    /// <param name="after">The new tree, or null for an empty one.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public IReadOnlyList<TreeChange> Compare(ObjectId? before, ObjectId? after, CancellationToken cancellationToken)
    {
        var changes = new List<TreeChange>();
        CompareFolders("", before, after, changes, cancellationToken);
        return changes;
    }

    private void CompareFolders(string folder, ObjectId? before, ObjectId? after, List<TreeChange> changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (before == after) return;
        foreach (var (one, other) in Pair(Differing(before, after)))
        {
            var name = (one ?? other)!.Name;
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            var (isOneLeaf, isOtherLeaf) = (IsLeaf(one), IsLeaf(other));
            if (isOneLeaf && isOtherLeaf) changes.Add(new TreeChange(path, TreeChangeKind.Changed, one, other));
            else if (isOneLeaf) changes.Add(new TreeChange(path, TreeChangeKind.Removed, one, null));
            else if (isOtherLeaf) changes.Add(new TreeChange(path, TreeChangeKind.Added, null, other));
            CompareFolders(path, FolderOf(one), FolderOf(other), changes, cancellationToken);
        }
    }

    private static ObjectId? FolderOf(TreeEntry? entry) => entry is { Kind: TreeEntryKind.Folder } ? entry.Id : null;

    private bool IsLeaf(TreeEntry? entry) => entry switch
    {
        null => false,
        { Kind: TreeEntryKind.Folder } => store.Reader.ReadTreeNode(entry.Id) is { Level: 0, Entries.Count: 0 },
        _ => true,
    };

    private static IEnumerable<(TreeEntry? Before, TreeEntry? After)> Pair((List<TreeEntry> Before, List<TreeEntry> After) entries)
    {
        var (one, other) = (0, 0);
        while (one < entries.Before.Count || other < entries.After.Count)
        {
            var order = one == entries.Before.Count ? 1 : other == entries.After.Count ? -1 : TreeFormat.Compare(entries.Before[one].Name, entries.After[other].Name);
            var pair = (order <= 0 ? entries.Before[one++] : null, order >= 0 ? entries.After[other++] : null);
            if (pair.Item1 != pair.Item2) yield return pair;
        }
    }

    // Common nodes represent equal entries, so they can be skipped on both sides.
    private (List<TreeEntry> Before, List<TreeEntry> After) Differing(ObjectId? before, ObjectId? after)
    {
        var (ones, others) = (Nodes(before), Nodes(after));
        while (true)
        {
            var level = Math.Max(TopLevel(ones), TopLevel(others));
            if (level == 0) return (Entries(ones), Entries(others));
            var (below, otherBelow) = (ChildrenAt(ones, level), ChildrenAt(others, level));
            var common = below.Concat(ones.Where(node => node.Node.Level < level).Select(node => node.Id)).ToHashSet();
            common.IntersectWith(otherBelow.Concat(others.Where(node => node.Node.Level < level).Select(node => node.Id)));
            ones = Descend(ones, level, common);
            others = Descend(others, level, common);
        }
    }

    private List<(ObjectId Id, TreeNode Node)> Nodes(ObjectId? root) => root is { } id ? [(id, store.Reader.ReadTreeNode(id))] : [];

    private static int TopLevel(List<(ObjectId Id, TreeNode Node)> nodes) => nodes.Count == 0 ? 0 : nodes.Max(node => node.Node.Level);

    private static List<TreeEntry> Entries(List<(ObjectId Id, TreeNode Node)> nodes) => [.. nodes.SelectMany(node => node.Node.Entries)];

    private static IEnumerable<ObjectId> ChildrenAt(List<(ObjectId Id, TreeNode Node)> nodes, int level) =>
        nodes.Where(node => node.Node.Level == level).SelectMany(node => node.Node.Children).Select(child => child.Id);

    private List<(ObjectId Id, TreeNode Node)> Descend(List<(ObjectId Id, TreeNode Node)> nodes, int level, HashSet<ObjectId> common)
    {
        var below = new List<(ObjectId Id, TreeNode Node)>();
        foreach (var node in nodes)
        {
            if (node.Node.Level == level) below.AddRange(node.Node.Children.Where(child => !common.Contains(child.Id)).Select(child => (child.Id, store.Reader.ReadTreeNode(child.Id))));
            else if (!common.Contains(node.Id)) below.Add(node);
        }

        return below;
    }
}
