namespace SkillMeat.Objects.Trees;

/// <summary>Edits a tree by replacing entries at some paths. Everything else keeps its objects. Not thread-safe.</summary>
internal sealed class TreeEdit(ObjectStore store)
{
    private readonly Dictionary<string, TreeEntry?> _puts = new(StringComparer.Ordinal);

    /// <summary>Puts an entry at a path, under the last name of the path. Null removes the entry. Missing parent folders are created.</summary>
    public void Put(string path, TreeEntry? entry) => _puts[path] = entry is null ? null : entry with { Name = path[(path.LastIndexOf('/') + 1)..] };

    /// <summary>Stores the edited tree.</summary>
    /// <param name="tree">The tree to edit.</param>
    /// <param name="writer">The writer for new objects.</param>
    /// <returns>The id of the new tree.</returns>
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
