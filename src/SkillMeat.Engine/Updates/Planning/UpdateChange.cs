using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Snapshots;

namespace SkillMeat.Updates.Planning;

/// <summary>Makes the change of a collection from its plan.</summary>
internal sealed class UpdateChange(CollectionStore store, CollectionUpdate update, StoredFolder folder, bool skipsSnapshot)
{
    /// <summary>Makes the change, and edits the manifest and the lock file of the plan.</summary>
    public CollectionChange Make(DateTimeOffset now)
    {
        var changing = update.Artifacts.Where(artifact => artifact.Entry.IsChange).ToList();
        var (manifest, lockFile) = (update.Files.Manifest, update.Files.LockFile);
        var removed = changing.Where(artifact => artifact.IsRemoval).Select(artifact => artifact.Entry.Id).ToHashSet();
        var expected = manifest.Ids.Where(id => !removed.Contains(id)).ToList();
        var places = new List<FolderChange>();
        var current = update.Files.ReadArtifacts(update.Collection).ToDictionary(artifact => artifact.Id);
        foreach (var artifact in changing)
        {
            if (artifact.Path.Length > 0) places.AddRange(Plan(artifact));
            if (artifact.IsRemoval) lockFile.Remove(artifact.Entry.Id);
            else Edit(artifact, current[artifact.Entry.Id], manifest, lockFile, now);
        }

        manifest.Remove(removed, now);

        var bases = new MergeBaseStore(store, update.Collection).Read().Without(removed).With([.. changing.Select(artifact => artifact.Base).OfType<MergeBase>()]);
        return new CollectionChange(update.Collection, update.Files, expected)
        {
            Folder = places,
            Bases = bases,
            // If the files of an artifact are gone, the folder around them may be gone too.
            NewFolders = [.. changing.Where(artifact => artifact is { Before: null, After: not null }).Select(artifact => Path.GetDirectoryName(artifact.Path)!).Distinct(StringComparer.Ordinal)],
            Before = folder,
            SnapshotKind = skipsSnapshot ? null : SnapshotKind.BeforeUpdate,
            Message = changing.Count == 1 ? $"Before update of {changing[0].Entry.Id}" : $"Before update of {changing.Count} artifacts",
        };
    }

    private IReadOnlyList<FolderChange> Plan(ArtifactUpdate artifact) => new FolderChangePlanner(store.Objects).Plan(artifact.Path, artifact.Before, artifact.After)
        ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{artifact.Entry.Id} can't be updated where it is: '{artifact.Path}' would have to become a link or stop being one.");

    private static void Edit(ArtifactUpdate artifact, Artifact current, Manifest manifest, LockFile lockFile, DateTimeOffset now)
    {
        var id = artifact.Entry.Id;
        if (artifact.Version is { } version) manifest.Update(id, version, now);
        artifact.Metadata?.ApplyTo(manifest, current, now);
        if (artifact.LockEntry is { } entry) lockFile.Set(id, entry, now);
    }
}
