using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SkillMeat.Cache.Lists;
using SkillMeat.Collections;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Artifacts;

/// <summary>The query of a list of artifacts. Values that may be repeated are taken apart at commas, too, except a tag or an origin that the collection has with its comma.</summary>
internal sealed class ArtifactListQuery
{
    [FromQuery(Name = "type")]
    public string[]? Type { get; set; }

    [FromQuery(Name = "tag")]
    public string[]? Tag { get; set; }

    [FromQuery(Name = "group")]
    public string? Group { get; set; }

    [FromQuery(Name = "origin")]
    public string[]? Origin { get; set; }

    [FromQuery(Name = "state")]
    public string[]? State { get; set; }

    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "order")]
    public string? Order { get; set; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; set; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; set; }

    /// <exception cref="Errors.SkillMeatException">A value is not valid, or the collection has no such group.</exception>
    public ListQuery ToQuery(Collection collection, HttpRequest request) => new()
    {
        Collection = collection.Name,
        Types = ArtifactFilter.Parse(QueryValue.Parts(Type), []).Types,
        Tags = [.. QueryValue.Parts(Tag, collection.Artifacts.SelectMany(one => one.Tags), StringComparer.OrdinalIgnoreCase)],
        Origins = [.. QueryValue.Parts(Origin, collection.Artifacts.Select(one => one.Origin), StringComparer.Ordinal)],
        States = [.. QueryValue.Parts(State).Select(text => QueryValue.Enum<ListedState>("state", text))],
        Ids = Group is { Length: > 0 } ? [.. collection.FindMembers(Group).Select(artifact => artifact.ArtifactId)] : null,
        Text = Text,
        Order = Sort is null ? ListedOrder.Name : QueryValue.Enum<ListedOrder>("sort", Sort),
        IsDescending = Order is not null && QueryValue.Enum<SortDirection>("order", Order) == SortDirection.Desc,
        Limit = PageQuery.Limit(Limit),
        After = Cursor is null ? null : Paging.Cursor.ReadPlace(request, Cursor),
    };
}
