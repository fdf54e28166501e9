namespace SkillMeat.Objects.Trees;

/// <summary>Makes a tree of paths that come one by one, in any order. For one thread.</summary>
internal sealed class TreeBuilder
{
    private readonly Dictionary<string, TreeBuilder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);
    private int _mode;

    /// <summary>Puts a file or link at a path; the last one of a path counts.</summary>
    /// <param name="path">With <c>/</c> between its parts.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="blob">Its content.</param>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="mode">Its permissions; 0 when they are not known.</param>
    public void Add(string path, TreeEntryKind kind, ObjectId blob, long size, int mode)
    {
        var parts = path.Split('/');
        var folder = Folder(parts.AsSpan(0, parts.Length - 1));
        folder._folders.Remove(parts[^1]);
        folder._entries[parts[^1]] = new TreeEntry(parts[^1], kind, blob, size) { Mode = mode };
    }

    /// <summary>Puts a folder at a path, empty unless something is put into it.</summary>
    /// <param name="path">With <c>/</c> between its parts.</param>
    /// <param name="mode">Its permissions; 0 when they are not known.</param>
    public void AddFolder(string path, int mode) => Folder(path.Split('/'))._mode = mode;

    /// <summary>What is at a path so far; null for a folder and for nothing.</summary>
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
    /// <returns>Its id, and how long its files are together.</returns>
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
