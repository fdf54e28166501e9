using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>Creates the manifest entry of an artifact to add.</summary>
internal sealed class ManifestEntry(PreparedAddition addition, string address)
{
    public NewArtifact Make()
    {
        var isFolder = addition.Source.Repository.Kind == RepositoryKind.Folder;
        return addition.Valid.Description.AddTo(new NewArtifact
        {
            Id = addition.Id,
            Path = addition.Path,
            Origin = addition.Source.Repository.Kind == RepositoryKind.GitHub ? ArtifactOrigin.GitHub : ArtifactOrigin.Local,
            Upstream = address,
            Ref = isFolder ? null : RefSpec.Parse(addition.Source.Version).ToString(),
            ResolvedSha = addition.Commit,
            ResolvedVersion = addition.Tag,
        }).WithLinkedPaths(addition.Links).WithLinkBoundary(addition.Source.Repository.Within);
    }
}
