namespace SkillMeat.Objects.Trees;

/// <summary>Makes a tree of another one by putting other things at some paths. What is not at these paths stays the same object. For one thread.</summary>
internal sealed class TreeEdit(ObjectStore store)
{
    private readonly Dictionary<string, TreeEntry?> _puts = new(StringComparer.Ordinal);

    /// <summary>Puts something at a path, whatever its entry is called; null takes away what is there. Folders on the way that are not there are made.</summary>
    public void Put(string path, TreeEntry? entry) => _puts[path] = entry is null ? null : entry with { Name = path[(path.LastIndexOf('/') + 1)..] };

    /// <summary>Stores the edited tree.</summary>
    /// <param name="tree">The tree to edit.</param>
    /// <param name="writer">Where new objects go.</param>
    /// <returns>The new tree.</returns>
    public ObjectId Apply(ObjectId tree, ObjectWriter writer) => Apply(tree, [.. _puts.Select(put => (put.Key.Split('/'), put.Value))], depth: 0, writer).Id;

    private (ObjectId Id, long Size) Apply(ObjectId? tree, IReadOnlyList<(string[] Path, TreeEntry? Entry)> puts, int depth, ObjectWriter writer)
    {
        var entries = tree is { } id ? store.ReadTree(id).ToDictionary(entry => entry.Name, StringComparer.Ordinal) : [];
        foreach (var group in puts.GroupBy(put => put.Path[depth]))
        {
            var own = group.Where(put => put.Path.Length == depth + 1).ToList();
            if (own is [var (_, put), ..])
            {
                entries.Remove(group.Key);
                if (put is not null) entries[group.Key] = put;
            }

            var below = group.Where(put => put.Path.Length > depth + 1).ToList();
            if (below.Count == 0) continue;
            var inner = entries.GetValueOrDefault(group.Key) is { Kind: TreeEntryKind.Folder } folder ? folder : null;
            if (inner is null && below.TrueForAll(put => put.Entry is null)) continue;
            var (edited, size) = Apply(inner?.Id, below, depth + 1, writer);
            entries[group.Key] = (inner ?? new TreeEntry(group.Key, TreeEntryKind.Folder, edited, size)) with { Id = edited, Size = size };
        }

        return (writer.AddTree(entries.Values), entries.Values.Sum(entry => entry.Size));
    }
}
