using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The paths that the artifacts of a collection follow. An artifact at one of them is neither new nor the target of a move.</summary>
/// <param name="all">The artifacts of the collection.</param>
/// <param name="renamed">The current addresses of repositories that were renamed. Both addresses stand for the same paths.</param>
internal sealed class FollowedPaths(IEnumerable<TrackedArtifact> all, IReadOnlyDictionary<RepositoryAddress, RepositoryAddress> renamed)
{
    private readonly HashSet<UpstreamPlace> _places = all.Where(a => a.Source is not null).Select(a => PlaceOf(renamed, a.Source!.Repository, a.Source.Path)).ToHashSet();

    public bool Contains(RepositoryAddress repository, string path) => _places.Contains(PlaceOf(repository, path));

    /// <summary>Returns the place of a path, which is the same for the old and the new address of its repository.</summary>
    public UpstreamPlace PlaceOf(RepositoryAddress repository, string path) => PlaceOf(renamed, repository, path);

    private static UpstreamPlace PlaceOf(IReadOnlyDictionary<RepositoryAddress, RepositoryAddress> renamed, RepositoryAddress repository, string path) =>
        new(renamed.GetValueOrDefault(repository, repository), path);
}
