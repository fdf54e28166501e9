using SkillMeat.Collections;

namespace SkillMeat.Projects.Deploying;

/// <summary>An artifact that was deployed to or removed from a project, or would be in a dry run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeployedArtifact
{
    internal DeployedArtifact(ArtifactId id)
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

    /// <summary>The folder name of the collection that it comes from; empty if the record does not name it.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of the project; for the user's own folders that of the home folder.</summary>
    public required string Project { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The full path of the copy, or null if the profile has no place for it.</summary>
    public string? Path { get; init; }

    /// <summary>The outcome.</summary>
    public required DeployStatus Status { get; init; }

    /// <summary>The reason for the outcome, or null if it needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>The commands and addresses that activating it allows Claude Code to run; empty if it was not asked for, or needs none.</summary>
    public TextValues Commands { get; init; } = [];

    /// <summary>The warnings of the change as a whole. They are with one of the results that it changed.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether it was added to the collection first, because a project file names it.</summary>
    public bool IsAdded { get; init; }

    /// <summary>Whether it stays as it is because it was edited, and the collection has nothing new.</summary>
    internal bool IsEdited { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}
