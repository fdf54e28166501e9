using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>The keys of an artifact that say what a check compared. When they change, the check is about another version.</summary>
/// <param name="Upstream">The upstream address.</param>
/// <param name="Ref">The ref that it follows.</param>
/// <param name="ResolvedSha">The commit that it was fetched at.</param>
/// <param name="ContentHash">The content hash of the files that were fetched.</param>
/// <param name="ResolvedVersion">The tag of that commit.</param>
/// <param name="Path">The path in the collection.</param>
/// <param name="Version">The version in the manifest.</param>
/// <remarks>Immutable.</remarks>
internal sealed record CheckedIdentity(string? Upstream, string? Ref, string? ResolvedSha, string? ContentHash, string? ResolvedVersion, string Path, string? Version)
{
    public static CheckedIdentity Of(Artifact artifact) => new(artifact.Upstream, artifact.Ref, artifact.ResolvedSha, artifact.ContentHash, artifact.ResolvedVersion, artifact.Path, artifact.Version);
}
