using SkillMeat.Collections;

namespace SkillMeat.Projects.Comparing;

/// <summary>The differences between two contents of an artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactComparison
{
    internal ArtifactComparison(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of the copy in the project, or null without a project.</summary>
    public string? Path { get; init; }

    /// <summary>The old side.</summary>
    public required CompareSide From { get; init; }

    /// <summary>The new side.</summary>
    public required CompareSide To { get; init; }

    /// <summary>The files that differ, in the order of their paths.</summary>
    public required ItemList<FileComparison> Files { get; init; }
}
