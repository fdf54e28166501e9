using Microsoft.AspNetCore.Mvc;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Collections;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Caching;

/// <summary>The query of a list of stale artifacts. Values that may be repeated are taken apart at commas, too, but for those of projects, whose paths can have them.</summary>
internal sealed class StaleListQuery
{
    [FromQuery(Name = "type")]
    public string[]? Type { get; set; }

    [FromQuery(Name = "collection")]
    public string[]? Collection { get; set; }

    [FromQuery(Name = "group")]
    public string? Group { get; set; }

    [FromQuery(Name = "project")]
    public string[]? Project { get; set; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "order")]
    public string? Order { get; set; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; set; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>Lists what the query selects, in its order.</summary>
    public IReadOnlyList<StaleArtifact> Find(ServedHome home, StaleArtifacts stale, CancellationToken cancellationToken)
    {
        var named = QueryValue.Parts(Collection).ToList();
        // A collection that is not there is an error, and not one without stale artifacts.
        var collections = named.Count == 0 ? null : CollectionNames.Resolve(home.Store, named).Select(name => home.Collections.Read(name).Name).ToHashSet(StringComparer.Ordinal);
        var group = string.IsNullOrEmpty(Group) ? null : Group;
        if (group is not null && collections?.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, "A group is one of a single collection: name one collection with it.");
        var query = new StaleQuery
        {
            Collection = group is null ? null : collections?.Single(),
            Group = group,
            Types = [.. ArtifactFilter.Parse(QueryValue.Parts(Type), []).Types.Select(one => one.Name)],
            Projects = [.. (Project ?? []).Select(NamePattern.Simple)],
            Order = Sort is null ? StaleOrder.Name : QueryValue.Enum<StaleOrder>("sort", Sort),
        };
        var isDescending = Order is not null && QueryValue.Enum<SortDirection>("order", Order) == SortDirection.Desc;
        var found = stale.Find(query, cancellationToken).Artifacts.Where(one => collections?.Contains(one.Collection) != false);
        return [.. isDescending ? found.Reverse() : found];
    }
}
