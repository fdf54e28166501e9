using SkillMeat.Browsing;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The contents of a repository or folder.</summary>
/// <param name="Listing">Its files.</param>
/// <param name="Places">The artifacts in them, by path.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ListedPlaces(Listing Listing, IReadOnlyList<DescribedPlace> Places);
