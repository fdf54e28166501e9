
namespace SkillMeat.Collections;

/// <summary>One entry of <c>collection.lock</c>: the state that an artifact's files are pinned to.</summary>
/// <param name="ContentHash">The content hash of the files as they were fetched.</param>
/// <param name="Upstream">The address they came from; null for one that has no upstream.</param>
/// <param name="ResolvedSha">The commit they came from.</param>
/// <param name="ResolvedVersion">The tag they came from, if it was one.</param>
internal sealed record LockEntry(string ContentHash, string? Upstream, string? ResolvedSha, string? ResolvedVersion);
