namespace SkillMeat.Upstream.GitHub;

/// <summary>One thing that GitHub has to look up: a field <c>ref(qualifiedName:)</c> or <c>object(expression:)</c> of a repository. What a query costs is counted in these.</summary>
/// <param name="Kind">What is looked for.</param>
/// <param name="Expression">A tag's or branch's name, a commit, or <c>revision:path</c>.</param>
/// <param name="WithRoot">For a ref or commit: whether the entries of the commit's root come along, which is no further lookup.</param>
internal readonly record struct GraphQlLookup(GraphQlLookupKind Kind, string Expression, bool WithRoot = false)
{
    private const string Head = "HEAD:";

    /// <summary>Whether the answer holds for the default branch as it is at that moment, and so only together with its commit in the same query.</summary>
    public bool IsAtHead => Kind >= GraphQlLookupKind.Folder && Expression.StartsWith(Head, StringComparison.Ordinal);

    /// <summary>Something at a path.</summary>
    /// <param name="kind">What is looked for.</param>
    /// <param name="commit">The commit; null for the newest of the default branch.</param>
    /// <param name="path">The path in the repository.</param>
    public static GraphQlLookup At(GraphQlLookupKind kind, string? commit, string path) => new(kind, commit is null ? Head + path : $"{commit}:{path}");
}
