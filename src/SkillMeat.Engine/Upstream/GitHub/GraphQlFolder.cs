namespace SkillMeat.Upstream.GitHub;

/// <summary>The entries of a folder, without submodules, which are not files of the repository.</summary>
internal sealed class GraphQlFolder
{
    private readonly Dictionary<string, TreeItem> _byName = new(StringComparer.Ordinal);

    public GraphQlFolder(string id, IReadOnlyList<TreeItem> items)
    {
        Id = id;
        Items = items;
        foreach (var item in items)
        {
            _byName[item.Path] = item;
        }
    }

    /// <summary>The id of the tree.</summary>
    public string Id { get; }

    /// <summary>The entries; the path of each entry is its name.</summary>
    public IReadOnlyList<TreeItem> Items { get; }

    public TreeItem? Find(string name) => _byName.TryGetValue(name, out var item) ? item : null;
}
