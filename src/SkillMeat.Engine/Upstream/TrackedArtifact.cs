using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>An artifact together with its parsed upstream address.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Source">The source; null if the artifact has no upstream or its address is not valid.</param>
/// <param name="Follows">The ref that the artifact follows.</param>
/// <param name="BaseCommit">The commit that the artifact was fetched at; null if unknown.</param>
/// <param name="Problem">The reason that the address is not valid; null if there is none.</param>
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
            var source = SourceSpec.ParseRecorded(artifact.Upstream, context, artifact.Ref).Bounded(artifact.LinkBoundary);
            // A commit in a tree URL is the one that was fetched, not the ref to follow (formats.md); any other name there is a ref.
            var inAddress = RefSpec.Parse(source.Version);
            var fetched = inAddress.IsFullCommit ? inAddress.Name : null;
            var follows = artifact.Ref is null && fetched is null ? inAddress : RefSpec.Parse(artifact.Ref);
            var resolved = RefSpec.Parse(artifact.ResolvedSha);
            return new TrackedArtifact(artifact, source, follows, (resolved.IsFullCommit ? resolved.Name : fetched)?.ToLowerInvariant(), Problem: null);
        }
        catch (SkillMeatException e)
        {
            return new TrackedArtifact(artifact, Source: null, RefSpec.Latest, BaseCommit: null, e);
        }
    }

    /// <summary>The same without a boundary for links, to be compared with what a user names.</summary>
    public TrackedArtifact Unbounded => Source is null ? this : this with { Source = Source.Unbounded };

    /// <summary>
    /// Whether this is the artifact of a place although its address names the repository alone, as other programs and people write it: its name is that of the place, which is not the root. An
    /// artifact that was fetched from the root has a commit in its address.
    /// </summary>
    public bool IsNamedLike(SourceSpec place) =>
        Source is { Path.Length: 0, Version: null, Repository.Kind: not RepositoryKind.Folder } && place.Path.Length > 0 && Source.Repository.Equals(place.Repository) && Artifact.Id.Type.NameAt(place.Path) == Artifact.Id.Name;

    /// <summary>Asks about the other paths that the content comes from.</summary>
    public IEnumerable<PathQuestion> AskLinked() =>
        Artifact.LinkedPaths.Select(path => new PathQuestion(path, Artifact.Id.Type, Follows, BaseCommit, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false });

    public PathQuestion Ask(ManifestDetail manifest) =>
        new(Source!.Path, Artifact.Id.Type, Follows, BaseCommit, Artifact.ContentHash, manifest);
}
