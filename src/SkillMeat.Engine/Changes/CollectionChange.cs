using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Changes;

/// <summary>What an operation does to one collection: its files, its manifest, its lock file, its baselines, and the snapshot before that.</summary>
/// <param name="Collection">The name of its folder.</param>
/// <param name="Files">Manifest and lock file, as they were read and with the edits that are to be written.</param>
/// <param name="Expected">The ids that the manifest must list afterwards.</param>
/// <param name="Folder">What changes in the collection's folder besides.</param>
/// <param name="Baselines">The baselines as they shall be.</param>
internal sealed record CollectionChange(string Collection, CollectionFiles Files, IReadOnlyList<ArtifactId> Expected, IReadOnlyList<FolderChange> Folder, MergeBaseList Baselines)
{
    /// <summary>Folders in the collection's folder that must be there.</summary>
    public IReadOnlyList<string> NewFolders { get; init; } = [];

    /// <summary>The folder as it was when the change was worked out; null where nothing that is there is changed.</summary>
    public StoredFolder? Before { get; init; }

    /// <summary>The kind of the snapshot that is made; null for none.</summary>
    public string? SnapshotKind { get; init; }

    /// <summary>What the snapshot is called.</summary>
    public string Message { get; init; } = "";
}
