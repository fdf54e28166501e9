namespace SkillMeat.Collections;

/// <summary>Finds artifacts whose paths overlap, as defined by <see cref="ArtifactPath.Overlap"/>, without comparing every pair.</summary>
internal sealed class PathIndex
{
    private readonly Dictionary<ArtifactId, ArtifactPath> _paths = [];

    // Counts are enough, because an overlap is an error: only then the artifact is searched for.
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

    /// <summary>Finds an artifact whose path is equal to, contains, or is contained in a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="except">An artifact that does not count, or null for none.</param>
    public ArtifactPath? FindOverlap(string path, ArtifactId? except = null)
    {
        var own = except is { } id ? _paths.GetValueOrDefault(id) : null;
        if (own is not null) Count(own.Path, -1);
        var normal = ArtifactPath.Normalize(path);
        var isFound = _within.GetValueOrDefault(normal) > 0 || IsAtOrWithin(normal);
        if (own is not null) Count(own.Path, 1);
        return isFound ? _paths.Values.First(found => found != own && ArtifactPath.Overlap(found.Path, path)) : null;
    }

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
