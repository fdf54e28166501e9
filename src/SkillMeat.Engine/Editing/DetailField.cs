using SkillMeat.Collections;

namespace SkillMeat.Editing;

/// <summary>A text of an artifact in a manifest that users can edit.</summary>
/// <param name="Name">The name, which is the key as well.</param>
/// <param name="Place">The table that has it.</param>
/// <param name="Current">Reads the value.</param>
internal sealed record DetailField(string Name, ArtifactPlace Place, Func<Artifact, string?> Current)
{
    public const string CategoryKey = "category";

    /// <summary>The fields, in the order of the manifest.</summary>
    public static IReadOnlyList<DetailField> All { get; } =
    [
        new("title", ArtifactPlace.Metadata, artifact => artifact.Title),
        new("description", ArtifactPlace.Metadata, artifact => artifact.Description),
        new("author", ArtifactPlace.Metadata, artifact => artifact.Author),
        new("license", ArtifactPlace.Metadata, artifact => artifact.License),
        new(CategoryKey, ArtifactPlace.Extra, artifact => artifact.Category),
    ];
}
