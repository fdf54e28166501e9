namespace SkillMeat.Upstream.GitHub;

/// <summary>A folder's entries, submodules left out: those are no files of the repository.</summary>
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

    /// <summary>The tree's id.</summary>
    public string Id { get; }

    /// <summary>The entries; the path of each is its name.</summary>
    public IReadOnlyList<TreeItem> Items { get; }

    public TreeItem? Find(string name) => _byName.TryGetValue(name, out var item) ? item : null;
}
