namespace SkillMeat.Collections;

/// <summary>Finds artifacts whose paths overlap, as defined by <see cref="ArtifactPath.Overlap"/>, without comparing every pair.</summary>
internal sealed class PathIndex
{
    private readonly Dictionary<string, List<ArtifactPath>> _at = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<ArtifactPath>> _within = new(StringComparer.OrdinalIgnoreCase);

    public PathIndex(IEnumerable<ArtifactPath> paths)
    {
        foreach (var path in paths) Add(path);
    }

    public void Add(ArtifactPath path)
    {
        var chain = Chain(path.Path).ToList();
        ListOf(_at, chain[^1]).Add(path);
        foreach (var above in chain.SkipLast(1)) ListOf(_within, above).Add(path);
    }

    /// <summary>Finds another artifact whose path is equal to, contains, or is contained in a path.</summary>
    public ArtifactPath? Find(ArtifactId id, string path)
    {
        var chain = Chain(path).ToList();
        return chain.SelectMany(part => _at.GetValueOrDefault(part) ?? []).Concat(_within.GetValueOrDefault(chain[^1]) ?? []).FirstOrDefault(found => found.Id != id);
    }

    // The path and its parents, the path itself last.
    private static IEnumerable<string> Chain(string path)
    {
        var parts = ArtifactPath.Parts(path);
        return parts.Length == 0 ? [""] : parts.Select((_, i) => string.Join('/', parts[..(i + 1)]));
    }

    private static List<ArtifactPath> ListOf(Dictionary<string, List<ArtifactPath>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}
