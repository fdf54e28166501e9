namespace SkillMeat.Upstream.Git;

/// <summary>A ref of a repository.</summary>
/// <param name="Name">The full name, such as <c>refs/tags/v1.0.0</c>.</param>
/// <param name="Oid">The object it points to: a commit, or the tag object of an annotated tag.</param>
/// <param name="Peeled">The object that an annotated tag finally refers to; null for all other refs.</param>
internal sealed record GitRef(string Name, GitOid Oid, GitOid? Peeled)
{
    /// <summary>The object behind any tags, usually a commit.</summary>
    public GitOid Target => Peeled ?? Oid;
}
