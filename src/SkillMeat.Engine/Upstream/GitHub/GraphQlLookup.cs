namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// A lookup in a repository: a field <c>ref(qualifiedName:)</c> or <c>object(expression:)</c>, or the comparison of a ref. Lookups determine the cost of a query.
/// </summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Expression">The name of a tag or branch, a commit, or <c>revision:path</c>.</param>
/// <param name="WithRoot">Whether to include the entries of the commit's root, for a ref or commit. This costs no further lookup.</param>
internal readonly record struct GraphQlLookup(GraphQlLookupKind Kind, string Expression, bool WithRoot = false)
{
    private const string Head = "HEAD:";

    /// <summary>The branch with which a commit is compared; null for the default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>Whether the result depends on the current default branch, so that its commit must be read in the same query.</summary>
    public bool IsAtHead => Kind >= GraphQlLookupKind.Folder && Expression.StartsWith(Head, StringComparison.Ordinal);

    /// <summary>Creates a lookup of a path.</summary>
    /// <param name="kind">The kind of object.</param>
    /// <param name="commit">The commit; null for the newest one of the default branch.</param>
    /// <param name="path">The path in the repository.</param>
    public static GraphQlLookup At(GraphQlLookupKind kind, string? commit, string path) => new(kind, commit is null ? Head + path : $"{commit}:{path}");
}
