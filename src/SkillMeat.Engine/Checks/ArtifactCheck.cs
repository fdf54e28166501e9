using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>The result of the update check for one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactCheck
{
    internal ArtifactCheck(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; init; }

    /// <summary>The id of the artifact, <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name of the artifact.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the artifact's type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The kind of change upstream.</summary>
    public required ChangeType ChangeType { get; init; }

    /// <summary>Whether there is an update: true for <see cref="ChangeType.Updated"/> and <see cref="ChangeType.Moved"/>.</summary>
    public bool UpdateAvailable => ChangeType is ChangeType.Updated or ChangeType.Moved;

    /// <summary>The commit that the files were fetched at; for a folder upstream, the content hash of the fetched files.</summary>
    public string? OldSha { get; init; }

    /// <summary>The commit that the followed ref points to now; for a folder upstream, its current content hash.</summary>
    public string? NewSha { get; init; }

    /// <summary>The tag at <see cref="NewSha"/>, if the artifact follows a tag.</summary>
    internal string? NewTag { get; init; }

    /// <summary>Whether the content differs from the fetched one; null if that is not known.</summary>
    internal bool? ContentChanged { get; init; }

    /// <summary>The artifact as it was checked; null for a new one.</summary>
    internal CheckedIdentity? Identity { get; init; }

    /// <summary>The ref that the artifact follows: <c>latest</c>, a tag, a branch or a commit.</summary>
    public string? Ref { get; init; }

    /// <summary>The current path of an artifact that moved, or the path of a new one.</summary>
    public string? NewPath { get; init; }

    /// <summary>The current address of the artifact's repository, if it was renamed.</summary>
    public string? NewRepository { get; init; }

    /// <summary>The source with which a new artifact can be added, such as <c>owner/repo/path@ref</c>; null for an artifact that the collection has.</summary>
    public string? Spec { get; init; }

    /// <summary>Whether a deleted artifact may have moved instead: a place matches it, but is another one's or contested.</summary>
    internal bool IsDoubtful { get; init; }

    /// <summary>An explanation of the result, where it is not obvious.</summary>
    public string? Reason { get; init; }

    /// <summary>The risk that the update poses to the files in the collection; in a check with projects, the greatest one to these and to the copies in the projects.</summary>
    public UpdateRisk Drift { get; init; }

    /// <summary>The copies in the projects; null if the check was not asked for projects.</summary>
    public ItemList<CheckedCopy>? Copies { get; init; }

    /// <summary>The names of the fields that a refresh would change; null if the check was not asked for them or upstream did not answer.</summary>
    public TextValues? ChangedFields { get; init; }

    /// <summary>The time at which tags were last imported from upstream; null for never.</summary>
    public DateTimeOffset? TagsImportedAt { get; init; }

    /// <summary>The id of the error if the check failed; otherwise null.</summary>
    public string? ErrorId { get; init; }
}
