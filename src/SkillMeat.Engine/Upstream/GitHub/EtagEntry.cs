namespace SkillMeat.Upstream.GitHub;

/// <summary>A repository's facts and the tag by which GitHub recognizes that they are unchanged.</summary>
internal sealed record EtagEntry(string ETag, RepositoryFacts Facts);
