namespace SkillMeat.Objects.Trees;

/// <summary>Builds a tree from paths given in any order. Not thread-safe.</summary>
internal sealed class TreeBuilder
{
    private readonly Dictionary<string, TreeBuilder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);
    private int _mode;

    /// <summary>Adds a file or link. A later one with the same path replaces it.</summary>
    /// <param name="path">The path, with <c>/</c> as the separator.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="blob">The content.</param>
    /// <param name="size">The length in bytes.</param>
    /// <param name="mode">The permissions; 0 if unknown.</param>
    public void Add(string path, TreeEntryKind kind, ObjectId blob, long size, int mode)
    {
        var parts = path.Split('/');
        var folder = Folder(parts.AsSpan(0, parts.Length - 1));
        folder._folders.Remove(parts[^1]);
        folder._entries[parts[^1]] = new TreeEntry(parts[^1], kind, blob, size) { Mode = mode };
    }

    /// <summary>Adds a folder, which is empty unless something is added to it.</summary>
    /// <param name="path">The path, with <c>/</c> as the separator.</param>
    /// <param name="mode">The permissions; 0 if unknown.</param>
    public void AddFolder(string path, int mode) => Folder(path.Split('/'))._mode = mode;

    /// <summary>Finds a file or link that was added. Returns null for folders and unknown paths.</summary>
    public TreeEntry? Find(string path)
    {
        var parts = path.Split('/');
        var folder = this;
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            if (!folder._folders.TryGetValue(part, out var inner)) return null;
            folder = inner;
        }

        return folder._entries.GetValueOrDefault(parts[^1]);
    }

    /// <summary>Stores the tree.</summary>
    /// <returns>The id of the tree, and the total size of its files.</returns>
    public (ObjectId Id, long Size) Build(ObjectWriter writer)
    {
        var entries = new List<TreeEntry>(_entries.Values);
        foreach (var (name, folder) in _folders)
        {
            var (id, size) = folder.Build(writer);
            entries.Add(new TreeEntry(name, TreeEntryKind.Folder, id, size) { Mode = folder._mode });
        }

        return (writer.AddTree(entries), entries.Sum(entry => entry.Size));
    }

    private TreeBuilder Folder(ReadOnlySpan<string> parts)
    {
        var folder = this;
        foreach (var part in parts)
        {
            if (!folder._folders.TryGetValue(part, out var inner))
            {
                folder._entries.Remove(part);
                folder._folders[part] = inner = new TreeBuilder();
            }

            folder = inner;
        }

        return folder;
    }
}
