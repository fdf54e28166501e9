namespace SkillMeat.Upstream;

/// <summary>The question by how many commits one commit is behind another one: how many are reachable from the newer one and not from the older one, as <c>git rev-list --count older..newer</c> counts them.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Older">The commit that something was fetched at, as 40 hex digits.</param>
/// <param name="Newer">The commit upstream.</param>
internal sealed record CommitQuestion(RepositoryAddress Repository, string Older, string Newer)
{
    /// <summary>The time at which the older commit was fetched, which suggests which of several commits is the oldest one; null if it is unknown.</summary>
    public DateTimeOffset? Fetched { get; init; }

    /// <summary>The branch whose newest commit the newer one seems to be; null if it is none. GitHub compares with branches.</summary>
    public RefSpec? Branch { get; init; }
}
