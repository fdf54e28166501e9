using Microsoft.AspNetCore.Mvc;

namespace SkillMeat.Server.Caching;

/// <summary>The query of a search. Values that may be repeated are taken apart at commas, too.</summary>
internal sealed class SearchQuery
{
    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    [FromQuery(Name = "type")]
    public string[]? Type { get; set; }

    [FromQuery(Name = "tag")]
    public string[]? Tag { get; set; }

    [FromQuery(Name = "collection")]
    public string[]? Collection { get; set; }

    [FromQuery(Name = "group")]
    public string? Group { get; set; }

    [FromQuery(Name = "project")]
    public string? Project { get; set; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; set; }

    [FromQuery(Name = "offset")]
    public int? Offset { get; set; }
}
