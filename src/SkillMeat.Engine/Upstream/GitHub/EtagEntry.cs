namespace SkillMeat.Upstream.GitHub;

/// <summary>The cached facts of a repository, with the time of the last request and the ETag for the next one.</summary>
/// <param name="ETag">The entity tag; null if the answer had none.</param>
/// <param name="ReadAt">The time at which GitHub last confirmed the facts, in UTC.</param>
/// <param name="Facts">The facts.</param>
internal sealed record EtagEntry(string? ETag, DateTimeOffset ReadAt, RepositoryFacts Facts);
