namespace SkillMeat.Collections;

/// <summary>What an artifact in a manifest was updated to. A null is not a value: that key stays as it is, save the tag's.</summary>
/// <param name="Upstream">The address, with the commit that was fetched.</param>
/// <param name="ResolvedSha">The commit.</param>
/// <param name="ResolvedVersion">The commit's tag; null when it has none, and then the key goes, because the tag there is another commit's.</param>
/// <param name="VersionSpec">What to follow from now on.</param>
internal sealed record ArtifactVersion(string? Upstream, string? ResolvedSha, string? ResolvedVersion, string? VersionSpec);
