namespace SkillMeat.Server.Paging;

/// <summary>The direction of an order.</summary>
internal enum SortDirection
{
    Asc,
    Desc,
}
