using SkillMeat.Collections;
using SkillMeat.Merging;
using SkillMeat.Updates;

namespace SkillMeat.Projects.Syncing;

/// <summary>The outcome of a sync for one artifact in one project and profile.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SyncEntry
{
    internal SyncEntry(ArtifactId id)
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

    /// <summary>The full path of the project; for the user's own folders that of the home folder.</summary>
    public required string Project { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The full path of the copy.</summary>
    public required string Path { get; init; }

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The outcome.</summary>
    public required SyncStatus Status { get; init; }

    /// <summary>The number of files that change on at least one side.</summary>
    public int FilesChanged => ProjectFiles.Concat(CollectionFiles).Select(file => file.Path).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The files that change in the project, in the order of their paths.</summary>
    public ItemList<FileUpdate> ProjectFiles { get; init; } = [];

    /// <summary>The files that change in the collection, in the order of their paths.</summary>
    public ItemList<FileUpdate> CollectionFiles { get; init; } = [];

    /// <summary>The files in conflict. In these, the local side is the project, and upstream is the collection.</summary>
    public ItemList<FileConflict> Conflicts { get; init; } = [];

    /// <summary>The reason for the outcome, or null if it needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the error; null if there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The new artifact, as <c>type:name</c>, or null if nothing was forked.</summary>
    public string? ForkedAs { get; init; }

    /// <summary>The id of the snapshot that was taken of the collection; null if it was not changed, or no snapshot was wanted.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether a file is changed on either side, or would be in a dry run.</summary>
    /// <returns>True for <see cref="SyncStatus.Pushed"/>, <see cref="SyncStatus.Pulled"/>, <see cref="SyncStatus.Merged"/> and <see cref="SyncStatus.Forked"/>.</returns>
    public bool ChangesArtifact() => Status is SyncStatus.Pushed or SyncStatus.Pulled or SyncStatus.Merged or SyncStatus.Forked;
}
