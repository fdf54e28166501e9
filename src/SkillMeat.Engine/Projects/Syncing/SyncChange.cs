using SkillMeat.Artifacts;
using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Syncing;

/// <summary>Makes the change of a collection from the plan of a sync.</summary>
internal sealed class SyncChange(CollectionStore store, ObjectStore objects, SyncCollection collection, bool skipsSnapshot, Func<TreeEntry, string> hashOf)
{
    /// <summary>Makes the change, and edits the manifest and the lock file.</summary>
    public CollectionChange Make(DateTimeOffset now)
    {
        var (manifest, lockFile) = (collection.Files.Manifest, collection.Files.LockFile);
        var changed = collection.Changed.ToList();
        var bases = new List<MergeBase>();
        foreach (var artifact in changed)
        {
            var id = artifact.Artifact.Id;
            new MetadataUpdate(() => Describe(artifact)).ApplyTo(manifest, artifact.Artifact, now);
            // For an artifact with upstream, the lock file says which content was fetched: the base of its next update.
            if (artifact.Artifact.Upstream is not null) continue;
            var hash = hashOf(artifact.Current!);
            lockFile.Set(id, new LockEntry(hash, Upstream: null, ResolvedSha: null, ResolvedVersion: null), now);
            bases.Add(new MergeBase(id, hash, artifact.After!));
        }

        foreach (var fork in collection.Forks)
        {
            manifest.Add(fork.ToEntry(), now);
            lockFile.Set(fork.Id, new LockEntry(fork.ContentHash, Upstream: null, ResolvedSha: null, ResolvedVersion: null), now);
            bases.Add(new MergeBase(fork.Id, fork.ContentHash, fork.Content));
        }

        var added = changed.Where(artifact => artifact.Before is null).Select(artifact => artifact.Path).Concat(collection.Forks.Select(fork => fork.Path));
        return new CollectionChange(collection.Name, collection.Files, manifest.Ids)
        {
            Folder = [.. changed.SelectMany(Plan), .. collection.Forks.Select(fork => new FolderChange(fork.Path, Before: null, fork.Content))],
            Bases = new MergeBaseStore(store, collection.Name).Read().With(bases),
            NewFolders = [.. added.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal)],
            Before = collection.Folder,
            SnapshotKind = skipsSnapshot ? null : SnapshotKind.BeforeSync,
            Message = (changed.Count + collection.Forks.Count) switch { 1 => $"Before sync of {(changed.Count == 1 ? changed[0].Artifact.Id : collection.Forks[0].Id)}", var count => $"Before sync of {count} artifacts" },
        };
    }

    private IReadOnlyList<FolderChange> Plan(SyncedArtifact artifact) =>
        new FolderChangePlanner(objects).Plan(artifact.Path, artifact.Before, artifact.After) ?? [new FolderChange(artifact.Path, artifact.Before, artifact.After)];

    private (NewArtifact? Before, NewArtifact After) Describe(SyncedArtifact artifact)
    {
        var after = Read(artifact, artifact.Current!);
        if (artifact.Before is null || TryRead(artifact, artifact.Before) is not { } before) return (null, ToEntry(artifact, after));
        return (ToEntry(artifact, before), ToEntry(artifact, after.FillFrom(before)));
    }

    private ArtifactDescription Read(SyncedArtifact artifact, TreeEntry content) => ArtifactValidator.Validate(new ArtifactContent(objects, content), artifact.Artifact.Id.Type, artifact.Artifact.Name).Description;

    private ArtifactDescription? TryRead(SyncedArtifact artifact, TreeEntry content)
    {
        try
        {
            return Read(artifact, content);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            return null;
        }
    }

    private static NewArtifact ToEntry(SyncedArtifact artifact, ArtifactDescription description) =>
        description.AddTo(new NewArtifact { Id = artifact.Artifact.Id, Path = artifact.Artifact.Path, Origin = artifact.Artifact.Origin }).WithLinkedPaths(artifact.Artifact.LinkedPaths);
}
