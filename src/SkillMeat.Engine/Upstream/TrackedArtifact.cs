using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>An artifact together with what its upstream address means.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Source">Where it comes from; null when it has no upstream, or one that can't be understood.</param>
/// <param name="Follows">The ref that it follows.</param>
/// <param name="BaseCommit">The commit that it was fetched at; null when that is not known.</param>
/// <param name="Problem">Why the address can't be understood.</param>
internal sealed record TrackedArtifact(Artifact Artifact, SourceSpec? Source, RefSpec Follows, string? BaseCommit, SkillMeatException? Problem)
{
    public static TrackedArtifact From(Artifact artifact, SourceContext context)
    {
        if (string.IsNullOrWhiteSpace(artifact.Upstream))
        {
            return new TrackedArtifact(artifact, Source: null, RefSpec.Latest, BaseCommit: null, Problem: null);
        }

        try
        {
            var source = SourceSpec.Parse(artifact.Upstream, context, artifact.VersionSpec);
            // The commit in a tree URL is the one that was fetched, not the ref to follow (formats.md); anything else there is a ref.
            var inAddress = RefSpec.Parse(source.Version);
            var fetched = inAddress.IsFullCommit ? inAddress.Name : null;
            var follows = artifact.VersionSpec is null && fetched is null ? inAddress : RefSpec.Parse(artifact.VersionSpec);
            var resolved = RefSpec.Parse(artifact.ResolvedSha);
            return new TrackedArtifact(artifact, source, follows, (resolved.IsFullCommit ? resolved.Name : fetched)?.ToLowerInvariant(), Problem: null);
        }
        catch (SkillMeatException e)
        {
            return new TrackedArtifact(artifact, Source: null, RefSpec.Latest, BaseCommit: null, e);
        }
    }

    public PathQuestion Ask(ManifestDetail manifest) =>
        new(Source!.Path, Artifact.Id.Type, Follows, BaseCommit, Artifact.ContentHash, manifest);
}
