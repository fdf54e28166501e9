namespace SkillMeat.Projects.Adoption;

/// <summary>The selection of one object: a project or the user's own folders, and in them one artifact, or all.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AdoptSelection
{
    /// <summary>The project, as the path of a folder or the name of a registered one; null for the user's own folders.</summary>
    public string? Project { get; init; }

    /// <summary>The artifact, as <c>type:name</c>; null for all.</summary>
    public string? ArtifactId { get; init; }

    /// <summary>The full path of the copy, or of a link to it; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>The profile in whose folders to look, by id or alias; null for any. One that is not known counts as null.</summary>
    public string? Profile { get; init; }
}
