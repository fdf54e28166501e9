namespace SkillMeat.Upstream.GitHub;

/// <summary>A git object that a lookup found.</summary>
/// <param name="Id">Its id; of a ref that of the commit.</param>
/// <param name="Kind"><c>Commit</c>, <c>Tree</c> or <c>Blob</c>.</param>
/// <param name="Folder">The entries of a tree, or of a commit's root; null when they were not asked for.</param>
/// <param name="Text">A blob's text; null when it was not asked for, was cut off, or is none.</param>
internal sealed record GraphQlObject(string Id, string Kind, GraphQlFolder? Folder = null, string? Text = null)
{
    public bool IsFile => Kind == "Blob";

    public bool IsFolder => Kind == "Tree";

    public bool IsCommit => Kind == "Commit";
}
