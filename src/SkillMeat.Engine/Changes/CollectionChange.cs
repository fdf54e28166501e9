using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Changes;

/// <summary>The changes of an operation to one collection: its files, manifest, lock file and merge bases, and the snapshot to take first.</summary>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Files">The manifest and lock file as they were read, with the edits to write.</param>
/// <param name="Expected">The ids that the manifest must list after the change.</param>
internal sealed record CollectionChange(string Collection, CollectionFiles Files, IReadOnlyList<ArtifactId> Expected)
{
    /// <summary>The other changes in the collection's folder.</summary>
    public IReadOnlyList<FolderChange> Folder { get; init; } = [];

    /// <summary>The merge bases after the change, or null if they stay.</summary>
    public MergeBaseList? Bases { get; init; }

    /// <summary>The subfolders to create if they do not exist.</summary>
    public IReadOnlyList<string> NewFolders { get; init; } = [];

    /// <summary>The state of the folder from which the change was planned, or null if no existing file changes. A snapshot then contains the manifest and the lock file only.</summary>
    public StoredFolder? Before { get; init; }

    /// <summary>The groups, MCP servers and tag definitions that the manifest must have after the change, or null if no edit concerned them.</summary>
    public ManifestLists? Lists { get; init; }

    /// <summary>The kind of snapshot to take, or null for none.</summary>
    public string? SnapshotKind { get; init; }

    /// <summary>A snapshot of a moment ago that holds the state before the change as well, so that none is taken. Null to take one.</summary>
    public string? SharedSnapshotId { get; init; }

    /// <summary>The message of the snapshot.</summary>
    public string Message { get; init; } = "";
}
