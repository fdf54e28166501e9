using SkillMeat.Collections;

namespace SkillMeat.Browsing;

/// <summary>Leaves out the places that hold again what others hold, unless the collection follows them.</summary>
internal static class PlaceFilter
{
    /// <summary>Leaves out places.</summary>
    /// <param name="places">The places, all those of a list together.</param>
    /// <param name="isFollowed">Whether the collection has the artifact from this place.</param>
    public static IReadOnlyList<DescribedPlace> Filter(IReadOnlyList<DescribedPlace> places, Func<DescribedPlace, bool> isFollowed)
    {
        var copies = places.Where(one => one.ObjectId.Length > 0)
            .GroupBy(one => (one.Listing.Source.Repository, one.Listing.Commit, one.Place.Type, one.ObjectId))
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => FindCopies([.. group], isFollowed))
            .ToHashSet<DescribedPlace>(ReferenceEqualityComparer.Instance);
        // With its server or hooks, the root would bring in everything else a second time.
        var withOthers = places.Where(one => !IsRootSettings(one)).Select(one => one.Listing).ToHashSet<Listing>(ReferenceEqualityComparer.Instance);
        return [.. places.Where(one => !copies.Contains(one) && !(IsRootSettings(one) && withOthers.Contains(one.Listing) && !isFollowed(one)))];
    }

    /// <summary>Returns the order in which places of the same content are preferred: the plain place, the folder of Claude Code, other hidden folders, links.</summary>
    public static int RankOf(DescribedPlace one)
    {
        if (one.IsLinked) return 3;
        var hidden = one.Place.Path.Split('/').Except(one.Listing.Source.Path.Split('/')).Where(part => part.StartsWith('.')).ToList();
        return hidden.Count == 0 ? 0 : hidden.TrueForAll(part => part == ".claude") ? 1 : 2;
    }

    private static bool IsRootSettings(DescribedPlace one) => one.Place.Path.Length == 0 && (one.Place.Type == ArtifactType.Mcp || one.Place.Type == ArtifactType.Hook);

    // Tools copy or link the same skill for several agents. The same content in two plugins, or twice in the folders of Claude Code, is two artifacts.
    private static IEnumerable<DescribedPlace> FindCopies(IReadOnlyList<DescribedPlace> same, Func<DescribedPlace, bool> isFollowed)
    {
        var others = same.Where(one => !isFollowed(one)).ToList();
        var followed = same.Where(isFollowed).Select(RankOf).ToHashSet();
        if (followed.Any(rank => rank > 0)) return others.Where(one => RankOf(one) > 1 || !followed.Contains(RankOf(one)));
        var best = same.Min(RankOf);
        return best <= 1 ? others.Where(one => RankOf(one) > best) : others.Where(one => !ReferenceEquals(one, same.First(other => RankOf(other) == best)));
    }
}
