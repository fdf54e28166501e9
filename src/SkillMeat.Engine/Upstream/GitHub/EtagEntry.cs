namespace SkillMeat.Upstream.GitHub;

/// <summary>The cached facts of a repository, with the time of the last request and the ETag for the next one.</summary>
/// <param name="ETag">The entity tag; null if the answer had none.</param>
/// <param name="ReadAt">The time at which GitHub last confirmed the facts, in UTC.</param>
/// <param name="Facts">The facts.</param>
internal sealed record EtagEntry(string? ETag, DateTimeOffset ReadAt, RepositoryFacts Facts)
{
    /// <summary>
    /// Without a token, even an unchanged answer counts against the 60 requests an hour, so the facts of a repository may be a day old.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Whether the facts can be used without a request.</summary>
    public bool IsFreshAt(DateTimeOffset now)
    {
        // A wrong clock may have recorded a time in the future.
        var age = now - ReadAt;
        return age >= TimeSpan.Zero && age < Lifetime;
    }
}
