namespace SkillMeat.Upstream.GitHub;

/// <summary>The target of a followed ref.</summary>
/// <param name="Found">The commit; null if there is no such ref.</param>
/// <param name="IsTag">Whether the ref is a tag.</param>
internal sealed record GraphQlTarget(GraphQlObject? Found, bool IsTag)
{
    public string? Commit => Found?.Id;

    /// <summary>The entries of the commit's root, if they were requested.</summary>
    public GraphQlFolder? Root => Found?.Folder;
}
