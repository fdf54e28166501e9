using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>The places that the artifacts of a collection come from.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class FollowedPlaces
{
    private readonly ILookup<(ArtifactType Type, (RepositoryAddress Repository, string Path) Place), TrackedArtifact> _places;
    private readonly ILookup<(ArtifactType Type, string Path), TrackedArtifact> _paths;
    private readonly ILookup<ArtifactType, TrackedArtifact> _roots;
    private readonly SourceContext _context;
    private readonly RepositoryIdentity _identity;

    /// <param name="tracked">The artifacts of the collection. Each has a source.</param>
    /// <param name="context">The context of folders.</param>
    /// <param name="renamed">The current addresses of repositories that have been renamed.</param>
    public FollowedPlaces(IReadOnlyList<TrackedArtifact> tracked, SourceContext context, IReadOnlyDictionary<RepositoryAddress, RepositoryAddress> renamed)
    {
        _identity = new RepositoryIdentity(renamed);
        _places = tracked.ToLookup(one => (one.Artifact.Id.Type, one.Source!.Place));
        _paths = tracked.Where(one => one.Source!.Repository.Url is not null).ToLookup(one => (one.Artifact.Id.Type, one.Source!.Path));
        _roots = tracked.Where(one => one.Source!.Path.Length == 0).ToLookup(one => one.Artifact.Id.Type);
        _context = context;
    }

    /// <summary>Finds the artifact that comes from a place, preferably the one that follows the listed ref.</summary>
    public TrackedArtifact? Find(DescribedPlace one)
    {
        var (type, source) = (one.Place.Type, new SourceSpec(one.Listing.Source.Repository, one.Place.Path, Version: null));
        var known = _places[(type, source.Place)];
        if (one.Listing.FindTarget(one.Place.Path) is { } target) known = known.Concat(_places[(type, SourceSpec.Parse(target, _context).Place)]);
        if (one.Target is { } linked) known = known.Concat(_places[(type, (source with { Path = linked }).Place)]);
        if (source.Repository.Url is not null) known = known.Concat(_paths[(type, source.Path)].Where(other => _identity.AreOne(other.Source!.Repository, source.Repository)));
        var all = known.ToList();
        if (all.Count == 0) all = [.. _roots[type].Where(other => other.IsNamedLike(source))];
        return all.Find(other => other.Follows.Equals(one.Listing.Follows)) ?? all.FirstOrDefault();
    }
}
