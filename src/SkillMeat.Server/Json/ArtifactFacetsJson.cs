using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>The values by which a list of a collection's artifacts can be filtered.</summary>
internal sealed record ArtifactFacetsJson(IEnumerable<FacetJson> Types, IEnumerable<FacetJson> Origins, IEnumerable<FacetJson> Tags)
{
    public static ArtifactFacetsJson Of(Collection collection) => new(
        Count(collection.Artifacts.Select(one => one.Type)), Count(collection.Artifacts.Select(one => one.Origin)), Count(collection.Artifacts.SelectMany(one => one.Tags.Distinct(StringComparer.OrdinalIgnoreCase))));

    // Filters ignore the case of tags.
    private static List<FacetJson> Count(IEnumerable<string?> values) => values.OfType<string>().Where(one => one.Length > 0).GroupBy(one => one, StringComparer.OrdinalIgnoreCase)
        .Select(group => new FacetJson(group.Min(StringComparer.Ordinal)!, group.Count())).OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase).ToList();
}
