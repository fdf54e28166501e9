using SkillMeat.Collections;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>A set of changed paths, which tells whether an artifact is among them in the same time however many there are.</summary>
internal sealed class ChangedPaths
{
    private readonly HashSet<string> _paths;
    private readonly HashSet<string> _withParents;

    /// <summary>Creates the set.</summary>
    /// <param name="paths">The changed paths, relative to the collection; an empty one stands for everything.</param>
    public ChangedPaths(IReadOnlyCollection<string> paths)
    {
        _paths = paths.Select(ArtifactPath.Normalize).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _withParents = _paths.SelectMany(WithParents).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a path is equal to a changed one, contains one, or is in one, as <see cref="ArtifactPath.Overlap"/> decides it for two.</summary>
    public bool Overlap(string path)
    {
        var own = ArtifactPath.Normalize(path);
        return _withParents.Contains(own) || WithParents(own).Any(_paths.Contains);
    }

    private static IEnumerable<string> WithParents(string path) => ArtifactPath.Parents(path).Append(path).Append("");
}
