namespace SkillMeat.Upstream.GitHub;

/// <summary>A git object found by a lookup.</summary>
/// <param name="Id">The id; for a ref, the id of the commit.</param>
/// <param name="Kind"><c>Commit</c>, <c>Tree</c> or <c>Blob</c>.</param>
/// <param name="Folder">The entries of a tree, or of a commit's root; null if they were not requested.</param>
/// <param name="Text">The text of a blob, or its beginning with the front matter; null if it was not requested, was truncated, or is binary.</param>
internal sealed record GraphQlObject(string Id, string Kind, GraphQlFolder? Folder = null, string? Text = null)
{
    public bool IsFile => Kind == "Blob";

    public bool IsFolder => Kind == "Tree";

    public bool IsCommit => Kind == "Commit";
}
