using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Folders;

/// <summary>
/// Plans the changes that turn one tree into another, touching only differences. A folder of which nothing remains is replaced as a whole, and so is one in which
/// something changes between file, folder and link, or becomes a link.
/// </summary>
internal sealed class FolderChangePlanner(ObjectStore store)
{
    private readonly List<FolderChange> _changes = [];

    /// <summary>Plans the changes, none of which is within another.</summary>
    /// <param name="path">The path of both in the collection. Empty for its folder.</param>
    /// <param name="before">The current entry, or null for none.</param>
    /// <param name="after">The wanted entry, or null for none.</param>
    /// <returns>The changes, or null if the parent folder has to be replaced.</returns>
    /// <exception cref="Errors.SkillMeatException">A tree cannot be read.</exception>
    public IReadOnlyList<FolderChange>? Plan(string path, TreeEntry? before, TreeEntry? after)
    {
        _changes.Clear();
        return before == after || PlanOne(path, before, after) ? [.. _changes] : null;
    }

    /// <summary>Plans the changes of two different entries. Returns false if the parent folder has to be replaced.</summary>
    private bool PlanOne(string path, TreeEntry? before, TreeEntry? after)
    {
        if (after is { Kind: TreeEntryKind.Link } || (before is not null && after is not null && (before.Kind == TreeEntryKind.Link || IsFile(before) != IsFile(after)))) return false;
        if (before is not { Kind: TreeEntryKind.Folder } || after is not { Kind: TreeEntryKind.Folder })
        {
            _changes.Add(new FolderChange(path, before, after));
            return true;
        }

        var planned = _changes.Count;
        if (before.Mode == after.Mode && TryPlanWithin(path, before, after)) return true;
        _changes.RemoveRange(planned, _changes.Count - planned);
        _changes.Add(new FolderChange(path, before, after));
        return true;
    }

    private bool TryPlanWithin(string path, TreeEntry before, TreeEntry after)
    {
        var (ones, others) = (store.ReadTree(before.Id), store.ReadTree(after.Id).ToDictionary(entry => entry.Name, StringComparer.Ordinal));
        // Nothing remains, so one change of the whole replaces many.
        if (others.Count > 0 && !ones.Any(one => others.TryGetValue(one.Name, out var other) && HasCommon(one, other))) return false;
        foreach (var one in ones)
        {
            others.Remove(one.Name, out var other);
            if (one != other && !PlanOne(Join(path, one.Name), one, other)) return false;
        }

        return others.Values.All(other => PlanOne(Join(path, other.Name), null, other));
    }

    private bool HasCommon(TreeEntry before, TreeEntry after)
    {
        if (before == after) return true;
        if (before.Kind != TreeEntryKind.Folder || after.Kind != TreeEntryKind.Folder) return false;
        var others = store.ReadTree(after.Id).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        return store.ReadTree(before.Id).Any(one => others.TryGetValue(one.Name, out var other) && HasCommon(one, other));
    }

    private static bool IsFile(TreeEntry entry) => entry.Kind is TreeEntryKind.File or TreeEntryKind.Executable;

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
