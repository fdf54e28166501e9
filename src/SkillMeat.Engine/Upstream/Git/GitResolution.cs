using SkillMeat.Errors;

namespace SkillMeat.Upstream.Git;

/// <summary>What a followed ref means.</summary>
/// <param name="Commit">The commit; null when there is no such ref.</param>
/// <param name="Tag">The tag, if it is one.</param>
/// <param name="Error">Why it can't be told.</param>
internal readonly record struct GitResolution(GitOid? Commit, string? Tag, UpstreamException? Error);
