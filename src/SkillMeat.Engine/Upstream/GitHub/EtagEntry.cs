namespace SkillMeat.Upstream.GitHub;

/// <summary>A repository's facts, when they were read, and the tag by which GitHub recognizes that they are unchanged.</summary>
/// <param name="ETag">The entity tag; null when the answer had none.</param>
/// <param name="ReadAt">When GitHub last said so, in UTC.</param>
/// <param name="Facts">The facts.</param>
internal sealed record EtagEntry(string? ETag, DateTimeOffset ReadAt, RepositoryFacts Facts);
