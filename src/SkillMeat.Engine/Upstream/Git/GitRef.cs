namespace SkillMeat.Upstream.Git;

/// <summary>A ref of a repository.</summary>
/// <param name="Name">The full name, such as <c>refs/tags/v1.0.0</c>.</param>
/// <param name="Oid">What it points to: a commit, or the tag object of an annotated tag.</param>
/// <param name="Peeled">What an annotated tag leads to in the end; null for all other refs.</param>
internal sealed record GitRef(string Name, GitOid Oid, GitOid? Peeled)
{
    /// <summary>The object behind any tags, nearly always a commit.</summary>
    public GitOid Target => Peeled ?? Oid;
}
