namespace SkillMeat.Upstream.GitHub;

/// <summary>The part of one query that concerns one repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Header">What is asked of the repository itself; null when another query asks that.</param>
/// <param name="Lookups">What is looked up in it.</param>
internal sealed record GraphQlShare(RepositoryAddress Repository, GraphQlHeader? Header, IReadOnlyList<GraphQlLookup> Lookups)
{
    /// <summary>A part of the lookups; the header goes with the first.</summary>
    public GraphQlShare Part(int first, int count) => this with
    {
        Header = first == 0 ? Header : null,
        Lookups = Lookups.Skip(first).Take(count).ToList(),
    };
}
