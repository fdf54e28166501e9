namespace SkillMeat.Collections;

/// <summary>The version to which an artifact of a manifest was updated. Null leaves the key as it is, except for the tag.</summary>
/// <param name="Upstream">The upstream address, with the fetched commit.</param>
/// <param name="ResolvedSha">The commit.</param>
/// <param name="ResolvedVersion">The tag of the commit. If null, the key is removed, because it would name another commit.</param>
/// <param name="Ref">The ref to follow from now on.</param>
internal sealed record ArtifactVersion(string? Upstream, string? ResolvedSha, string? ResolvedVersion, string? Ref);
