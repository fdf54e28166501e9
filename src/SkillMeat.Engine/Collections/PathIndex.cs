namespace SkillMeat.Collections;

/// <summary>Finds artifacts whose paths overlap, as defined by <see cref="ArtifactPath.Overlap"/>, without comparing every pair.</summary>
internal sealed class PathIndex
{
    private readonly Dictionary<ArtifactId, ArtifactPath> _paths = [];

    // Counts tell whether paths overlap. The artifact is searched for only to name it in an error.
    private readonly Dictionary<string, int> _at = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _within = new(StringComparer.OrdinalIgnoreCase);

    public PathIndex(IEnumerable<ArtifactPath> paths)
    {
        foreach (var path in paths) Add(path);
    }

    public void Add(ArtifactPath path)
    {
        _paths.Add(path.Id, path);
        Count(path.Path, 1);
    }

    public void Remove(ArtifactId id)
    {
        if (_paths.Remove(id, out var removed)) Count(removed.Path, -1);
    }

    /// <summary>Finds another artifact whose path is equal to, contains, or is contained in a path.</summary>
    public ArtifactPath? FindOverlap(ArtifactId id, string path)
    {
        var own = _paths.GetValueOrDefault(id);
        if (own is not null) Count(own.Path, -1);
        var isFound = Overlaps(path);
        if (own is not null) Count(own.Path, 1);
        return isFound ? _paths.Values.First(found => found != own && ArtifactPath.Overlap(found.Path, path)) : null;
    }

    /// <summary>Whether the path of an artifact is equal to, contains, or is contained in a path.</summary>
    public bool Overlaps(string path) => ArtifactPath.Normalize(path) is var normal && (_within.GetValueOrDefault(normal) > 0 || IsAtOrWithin(normal));

    /// <summary>Finds an artifact whose path is equal to a path, or contains it.</summary>
    public ArtifactPath? FindContaining(string path) =>
        IsAtOrWithin(ArtifactPath.Normalize(path)) ? _paths.Values.First(found => ArtifactPath.Contains(found.Path, path)) : null;

    private bool IsAtOrWithin(string normal) => _at.GetValueOrDefault(normal) > 0 || ArtifactPath.Parents(normal).Any(parent => _at.GetValueOrDefault(parent) > 0);

    private void Count(string path, int change)
    {
        var normal = ArtifactPath.Normalize(path);
        _at[normal] = _at.GetValueOrDefault(normal) + change;
        foreach (var parent in ArtifactPath.Parents(normal)) _within[parent] = _within.GetValueOrDefault(parent) + change;
    }
}
