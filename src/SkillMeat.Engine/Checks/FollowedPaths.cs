using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The paths that a collection's artifacts follow: neither new, nor where another artifact moved to.</summary>
internal sealed class FollowedPaths(IEnumerable<TrackedArtifact> all)
{
    private readonly HashSet<(RepositoryAddress Repository, string Path)> _paths = all.Where(a => a.Source is not null).Select(a => (a.Source!.Repository, a.Source.Path)).ToHashSet();

    public bool Contains(RepositoryAddress repository, string path) => _paths.Contains((repository, path));
}
