namespace SkillMeat.Upstream.GitHub;

/// <summary>Counts the commits between commits of one repository, by comparing the older ones with the branches whose newest commits the newer ones are.</summary>
/// <param name="repository">The repository.</param>
/// <param name="questions">The questions about it.</param>
internal sealed class GraphQlCommitInquiry(RepositoryAddress repository, IReadOnlyList<CommitQuestion> questions)
{
    public RepositoryAddress Repository => repository;

    public GraphQlFindings Findings { get; } = new();

    public GraphQlShare Share => new(repository, Header: null, questions.Select(LookupOf).OfType<GraphQlLookup>().Distinct().ToList());

    /// <summary>Returns the answer to a question. Null if GitHub has none for exactly these commits: it cannot compare the two, or the branch has moved on.</summary>
    public CommitAnswer? Find(CommitQuestion question) =>
        LookupOf(question) is { } lookup && Findings.Find(lookup)?.Comparison is { } compared && compared.BranchCommit == question.Newer && compared.Commit == question.Older
            ? new CommitAnswer(compared.Behind, IsFinal: true)
            : null;

    private static GraphQlLookup? LookupOf(CommitQuestion question) =>
        question.Branch is { } branch ? new GraphQlLookup(GraphQlLookupKind.Comparison, question.Older) { Branch = branch.Name } : null;
}
