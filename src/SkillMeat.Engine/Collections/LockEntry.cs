
namespace SkillMeat.Collections;

/// <summary>An entry of <c>collection.lock</c>: the version to which an artifact is pinned.</summary>
/// <param name="ContentHash">The content hash of the files as they were fetched.</param>
/// <param name="Upstream">The upstream address, or null for an artifact without upstream.</param>
/// <param name="ResolvedSha">The commit that the files were fetched from.</param>
/// <param name="ResolvedVersion">The tag of that commit, or null.</param>
internal sealed record LockEntry(string ContentHash, string? Upstream, string? ResolvedSha, string? ResolvedVersion);
