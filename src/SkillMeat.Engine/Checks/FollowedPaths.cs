using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The paths that the artifacts of a collection follow. An artifact at one of them is neither new nor the target of a move.</summary>
internal sealed class FollowedPaths(IEnumerable<TrackedArtifact> all)
{
    private readonly HashSet<(RepositoryAddress Repository, string Path)> _paths = all.Where(a => a.Source is not null).Select(a => (a.Source!.Repository, a.Source.Path)).ToHashSet();

    public bool Contains(RepositoryAddress repository, string path) => _paths.Contains((repository, path));
}
