using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>An artifact that was fetched and found fit, before it is written.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Id">What it is to be.</param>
/// <param name="Content">Its stored content.</param>
/// <param name="Valid">What it says of itself.</param>
/// <param name="ContentHash">Its content hash.</param>
/// <param name="Commit">The commit; null for a folder.</param>
/// <param name="Tag">The tag that was followed, if it was one.</param>
internal sealed record PreparedAddition(SourceSpec Source, ArtifactId Id, TreeEntry Content, ValidArtifact Valid, string ContentHash, string? Commit, string? Tag)
{
    /// <summary>The parts that could not be fetched, a sentence each.</summary>
    public IReadOnlyList<string> FetchWarnings { get; init; } = [];

    /// <summary>Where it is put, relative to the collection.</summary>
    public string Path => $"{Id.Type.Container}/{Id.Name}{(Id.Type.IsFolder ? "" : ".md")}";
}
