using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>Creates the manifest entry of an artifact to add.</summary>
internal sealed class ManifestEntry(PreparedAddition addition, string address)
{
    public NewArtifact Make()
    {
        var description = addition.Valid.Description;
        var isFolder = addition.Source.Repository.Kind == RepositoryKind.Folder;
        return new NewArtifact
        {
            Id = addition.Id,
            Path = addition.Path,
            Origin = addition.Source.Repository.Kind == RepositoryKind.GitHub ? ArtifactOrigin.GitHub : ArtifactOrigin.Local,
            Upstream = address,
            Ref = isFolder ? null : RefSpec.Parse(addition.Source.Version).ToString(),
            ResolvedSha = addition.Commit,
            ResolvedVersion = addition.Tag,
            Tags = description.Tags,
            Title = description.Title,
            Description = description.Description,
            Author = description.Author,
            License = description.License,
            Version = description.Version,
            Dependencies = description.Dependencies,
            Tools = description.Tools,
            Extra = description.Extra,
        };
    }
}
