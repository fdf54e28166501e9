using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>An artifact that was fetched and validated, but not yet written.</summary>
/// <param name="Source">The source.</param>
/// <param name="Id">The id in the collection.</param>
/// <param name="Content">The stored content.</param>
/// <param name="Valid">The description and warnings from validation.</param>
/// <param name="ContentHash">The content hash.</param>
/// <param name="Commit">The fetched commit, or null for a folder.</param>
/// <param name="Tag">The tag of the commit, or null.</param>
internal sealed record PreparedAddition(SourceSpec Source, ArtifactId Id, TreeEntry Content, ValidArtifact Valid, string ContentHash, string? Commit, string? Tag)
{
    /// <summary>Whether the request names it. If not, its name does not tell it apart from an artifact of the same place.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether its name was suggested to the user, so that it can become any longer one.</summary>
    public bool IsNameSuggested { get; init; }

    /// <summary>Whether the collection had it when it was selected, perhaps from a place that it has left.</summary>
    public bool IsPresent { get; init; }

    /// <summary>The parts that could not be fetched, one sentence each.</summary>
    public IReadOnlyList<string> FetchWarnings { get; init; } = [];

    /// <summary>The other paths of the repository that the content comes from.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The id with the names of the folders above it, for a collection that has another artifact of the short name; null if there is none.</summary>
    public ArtifactId? QualifiedId { get; init; }

    /// <summary>The ids that it can have, the preferred one first.</summary>
    public IEnumerable<ArtifactId> Ids => QualifiedId is { } longer ? [Id, longer] : [Id];

    /// <summary>The path, relative to the collection.</summary>
    public string Path => $"{Id.Type.Container}/{Id.Name}{(Id.Type.IsFolder ? "" : ".md")}";
}
