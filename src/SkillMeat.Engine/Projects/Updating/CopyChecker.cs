using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Files;
using SkillMeat.Updates;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Updating;

/// <summary>Determines the risk that an update poses to copies in projects, by the merge that a sync would make after the update. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="objects">A temporary store of contents.</param>
/// <param name="name">The collection.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class CopyChecker(CollectionStore store, ObjectStore objects, string name, CancellationToken cancellationToken) : IDisposable
{
    private readonly SyncContents _contents = new(objects, store.Time, cancellationToken);
    private readonly OutsideFolders _outside = new(store.Home);
    private readonly Dictionary<SyncTarget, string?> _hashes = [];
    private readonly ProjectMemory _memory = new(store, cancellationToken);
    private SyncCollection? _collection;

    /// <summary>The stored contents upstream, where they were fetched.</summary>
    public IReadOnlyDictionary<ArtifactId, TreeEntry> Fetched { get; set; } = new Dictionary<ArtifactId, TreeEntry>();

    /// <summary>Whether a copy is there and differs from what was deployed. A link has the collection's content.</summary>
    public bool IsEdited(SyncTarget target)
    {
        if (target.Problem is not null) return false;
        try
        {
            return HashOf(target) is { } hash && hash != target.Record.ContentHash;
        }
        catch (SkillMeatException)
        {
            // The check of the copy reports it.
            return false;
        }
    }

    /// <summary>Checks a copy.</summary>
    /// <param name="target">The copy.</param>
    /// <param name="check">The check of the artifact.</param>
    /// <param name="update">The planned update of the artifact; null if neither side has edits.</param>
    public CheckedCopy Check(SyncTarget target, ArtifactCheck check, ArtifactUpdate? update)
    {
        var copy = new CheckedCopy(target.Site.Folder, target.Record.Profile, target.FullPath, UpdateRisk.NoUpdate) { IsUserScope = target.Site.User is not null };
        if (!check.UpdateAvailable) return copy;
        if (target.Problem is { } problem) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = problem.Message };
        try
        {
            if (HashOf(target) is { } hash) return hash == target.Record.ContentHash ? copy with { Drift = UpdateRisk.SafeUpdate } : Merge(copy, target, update);
            return IsLink(target) ? copy with { Drift = UpdateRisk.SafeUpdate, Reason = "It is a link, so there is no copy." } : copy with { Drift = UpdateRisk.ReviewRequired, Reason = "Its files are gone in the project." };
        }
        catch (SkillMeatException e)
        {
            return copy with { Drift = UpdateRisk.ReviewRequired, Reason = e.Message };
        }
    }

    public void Dispose() => _contents.Dispose();

    private static bool IsLink(SyncTarget target) => new FileInfo(target.FullPath).LinkTarget is not null;

    // The path without links in its folder; refuses a folder that a link leads out of the project.
    private string PathOf(SyncTarget target) => _outside.Find(target.Site, target.FullPath).Path;

    private string? HashOf(SyncTarget target)
    {
        if (_hashes.TryGetValue(target, out var known)) return known;
        return _hashes[target] = PathOf(target) is var path && Path.Exists(path) && !IsLink(target) ? ContentHash.Of(path) : null;
    }

    private CheckedCopy Merge(CheckedCopy copy, SyncTarget target, ArtifactUpdate? update)
    {
        // After a conflict in the collection, a person decides there; upstream's content is what the copy meets in any case.
        var wanted = update?.After ?? Fetched.GetValueOrDefault(target.Artifact);
        if (wanted is null) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = update?.Entry.Reason ?? "Upstream's content is not known." };
        _collection ??= new SyncCollection(store, objects, name, objects.Store(store.Layout.CollectionFolder(name), store.Time, cancellationToken));
        var path = PathOf(target);
        if (_contents.Read(path) is not { } found || _collection.Find(target.Artifact) is not { } artifact) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = "It was changed during the check." };
        var stored = _contents.Store(path, found);
        if (_contents.AreSame(stored, wanted)) return copy with { Drift = UpdateRisk.SafeUpdate, Reason = "It has upstream's change already." };
        if (stored.Kind == TreeEntryKind.Folder != (wanted.Kind == TreeEntryKind.Folder)) return copy with { Drift = UpdateRisk.Conflict, Reason = "It is a file on one side and a folder on the other." };
        return Merge(copy, new SyncBases(new SyncRequest(), _contents).Find(target, _memory.Read(target.Site).List, _collection, artifact, stored), stored, wanted);
    }

    private CheckedCopy Merge(CheckedCopy copy, TreeEntry? known, TreeEntry stored, TreeEntry wanted)
    {
        var (local, other) = (ContentFiles.Of(objects, stored), ContentFiles.Of(objects, wanted));
        var baseFiles = known is null ? null : ContentFiles.Of(objects, known);
        using var writer = objects.BeginWrite();
        var planned = new ContentPlanner(objects, writer, baseFiles?.IsFolder == local.IsFolder ? baseFiles : null, local, other).Plan(UpdateStrategy.Merge, isClean: false, resolution: null, cancellationToken);
        writer.Commit();
        if (planned.Conflicts.Count == 0) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = "It was edited in the project; the changes can be merged." };
        var isUnknown = planned.Conflicts.All(conflict => conflict.Kind == ConflictKind.UnknownBase);
        return copy with { Drift = isUnknown ? UpdateRisk.ReviewRequired : UpdateRisk.Conflict, Reason = SyncConflicts.Describe(planned.Conflicts.Select(SyncConflicts.Describe)) };
    }
}
