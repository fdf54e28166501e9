using SkillMeat.Errors;

namespace SkillMeat.Upstream.Git;

/// <summary>The commit that a followed ref resolves to.</summary>
/// <param name="Commit">The commit; null if there is no such ref.</param>
/// <param name="Tag">The tag, if the ref is one.</param>
/// <param name="Error">The reason that the ref cannot be resolved.</param>
internal readonly record struct GitResolution(GitOid? Commit, string? Tag, UpstreamException? Error);
