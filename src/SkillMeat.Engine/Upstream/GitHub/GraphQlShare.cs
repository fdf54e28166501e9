namespace SkillMeat.Upstream.GitHub;

/// <summary>The part of a query that concerns one repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Header">The fields of the repository itself; null if another query contains them.</param>
/// <param name="Lookups">The lookups in the repository.</param>
internal sealed record GraphQlShare(RepositoryAddress Repository, GraphQlHeader? Header, IReadOnlyList<GraphQlLookup> Lookups)
{
    /// <summary>Returns a part of the lookups; the first part includes the header.</summary>
    public GraphQlShare Part(int first, int count) => this with
    {
        Header = first == 0 ? Header : null,
        Lookups = Lookups.Skip(first).Take(count).ToList(),
    };
}
