using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>What the update check found for one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactCheck
{
    internal ArtifactCheck(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of its type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of its collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>What upstream did.</summary>
    public required ChangeType ChangeType { get; init; }

    /// <summary>Whether there is something to take: true for <see cref="ChangeType.Updated"/> and <see cref="ChangeType.Moved"/>.</summary>
    public bool UpdateAvailable => ChangeType is ChangeType.Updated or ChangeType.Moved;

    /// <summary>The commit that the files were fetched at; for a folder upstream the content hash of what was fetched.</summary>
    public string? CurrentSha { get; init; }

    /// <summary>The commit that the followed ref points at now; for a folder upstream the content hash of what is there now.</summary>
    public string? UpstreamSha { get; init; }

    /// <summary>The tag at <see cref="UpstreamSha"/>, where it is one that is followed.</summary>
    internal string? UpstreamTag { get; init; }

    /// <summary>The ref that the artifact follows: <c>latest</c>, a tag, a branch or a commit.</summary>
    public string? Ref { get; init; }

    /// <summary>The path at which the artifact is now, for one that moved; at which it is, for a new one.</summary>
    public string? NewPath { get; init; }

    /// <summary>The address of its repository, when that has a new name.</summary>
    public string? NewRepository { get; init; }

    /// <summary>Why the answer is what it is, where that is not obvious.</summary>
    public string? Reason { get; init; }

    /// <summary>What taking the update would mean for the files in the collection.</summary>
    public UpdateRisk Drift { get; init; }

    /// <summary>The names of the fields that a refresh would change; null unless the check was asked to name them and upstream could tell.</summary>
    public TextValues? ChangedFields { get; init; }

    /// <summary>The id of the error that kept upstream from telling; null when it told.</summary>
    public string? ErrorId { get; init; }
}
