using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using SkillMeat.Updates;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Updating;

/// <summary>Determines the risk that an update poses to copies in projects, by the merge that a sync would make after the update. Not thread-safe.</summary>
internal sealed class CopyChecker : IDisposable
{
    private readonly CollectionStore _store;
    private readonly ObjectStore _objects;
    private readonly string _name;
    private readonly CancellationToken _cancellationToken;
    private readonly SyncContents _contents;
    private readonly OutsideFolders _outside;
    private readonly EarlierContents _earlier;
    private readonly ProjectChanges _changes;
    private readonly CopyFacts _facts;
    private readonly Dictionary<SyncTarget, bool?> _known = [];
    private SyncCollection? _collection;

    /// <summary>Creates a checker.</summary>
    /// <param name="store">The home.</param>
    /// <param name="objects">A temporary store of contents.</param>
    /// <param name="name">The collection.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public CopyChecker(CollectionStore store, ObjectStore objects, string name, CancellationToken cancellationToken)
    {
        (_store, _objects, _name, _cancellationToken) = (store, objects, name, cancellationToken);
        _contents = new SyncContents(objects, store.Time, cancellationToken);
        _outside = new OutsideFolders(store.Home);
        _earlier = new EarlierContents(store, isDryRun: true, cancellationToken);
        _changes = new ProjectChanges(store, store.Objects, _outside, cancellationToken);
        _facts = new CopyFacts(store, name, new DeployRequest { DryRun = true }, _changes, _earlier, cancellationToken);
    }

    /// <summary>The stored contents upstream, where they were fetched.</summary>
    public IReadOnlyDictionary<ArtifactId, TreeEntry> Fetched { get; set; } = new Dictionary<ArtifactId, TreeEntry>();

    /// <summary>Whether a copy is there and a deployment would not replace it. A link has no content of its own.</summary>
    public bool IsEdited(SyncTarget target)
    {
        if (target.Problem is not null) return false;
        try
        {
            return IsAsDeployed(target) == false;
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
            if (IsAsDeployed(target) is { } isAsDeployed) return isAsDeployed ? copy with { Drift = UpdateRisk.SafeUpdate } : Merge(copy, target, update);
            if (!IsLink(target)) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = "Its files are gone in the project." };
            return _facts.IsOurLink(PathOf(target), target.Record)
                ? copy with { Drift = UpdateRisk.SafeUpdate, Reason = "It is a link, so there is no copy." }
                : copy with { Drift = UpdateRisk.ReviewRequired, Reason = "It is a link that somebody else made, which no deployment replaces." };
        }
        catch (SkillMeatException e)
        {
            return copy with { Drift = UpdateRisk.ReviewRequired, Reason = e.Message };
        }
    }

    public void Dispose()
    {
        _contents.Dispose();
        _earlier.Dispose();
    }

    private static bool IsLink(SyncTarget target) => new FileInfo(target.FullPath).LinkTarget is not null;

    // The path without links in its folder; refuses a folder that a link leads out of the project.
    private string PathOf(SyncTarget target) => _outside.Find(target.Site, target.FullPath).Path;

    // As a deployment judges it; null if there is no copy.
    private bool? IsAsDeployed(SyncTarget target)
    {
        if (_known.TryGetValue(target, out var known)) return known;
        var path = PathOf(target);
        if (IsLink(target) || _facts.Disk.Read(path, Path.GetFileName(path), _cancellationToken) is not { } current) return _known[target] = null;
        var place = new Target(target.Artifact, target.Site, target.Record.Profile, target.Root, target.Record.Path);
        return _known[target] = _facts.IsDeployed(place, path, target.Record, current) && !_facts.IsOfAnotherHome(place, target.Record);
    }

    private CheckedCopy Merge(CheckedCopy copy, SyncTarget target, ArtifactUpdate? update)
    {
        // After a conflict in the collection, a person decides there; upstream's content is what the copy meets in any case.
        var wanted = update?.After ?? Fetched.GetValueOrDefault(target.Artifact);
        if (wanted is null) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = update?.Entry.Reason ?? "Upstream's content is not known." };
        _collection ??= new SyncCollection(_store, _objects, _name, _objects.Store(_store.Layout.CollectionFolder(_name), _store.Time, _cancellationToken));
        var path = PathOf(target);
        if (_contents.Read(path) is not { } found || _collection.Find(target.Artifact) is not { } artifact) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = "It was changed during the check." };
        var stored = _contents.Store(path, found);
        if (_contents.AreSame(stored, wanted)) return copy with { Drift = UpdateRisk.SafeUpdate, Reason = "It has upstream's change already." };
        if (stored.Kind == TreeEntryKind.Folder != (wanted.Kind == TreeEntryKind.Folder)) return copy with { Drift = UpdateRisk.Conflict, Reason = "It is a file on one side and a folder on the other." };
        return Merge(copy, new SyncBases(new SyncRequest(), _contents).Find(target, _changes.KeptOf(target.Site), _collection, artifact, stored), stored, wanted);
    }

    private CheckedCopy Merge(CheckedCopy copy, TreeEntry? known, TreeEntry stored, TreeEntry wanted)
    {
        var (local, other) = (ContentFiles.Of(_objects, stored), ContentFiles.Of(_objects, wanted));
        var baseFiles = known is null ? null : ContentFiles.Of(_objects, known);
        using var writer = _objects.BeginWrite();
        var planned = new ContentPlanner(_objects, writer, baseFiles?.IsFolder == local.IsFolder ? baseFiles : null, local, other).Plan(UpdateStrategy.Merge, isClean: false, resolution: null, _cancellationToken);
        writer.Commit();
        if (planned.Conflicts.Count == 0) return copy with { Drift = UpdateRisk.ReviewRequired, Reason = "It was edited in the project; the changes can be merged." };
        var isUnknown = planned.Conflicts.All(conflict => conflict.Kind == ConflictKind.UnknownBase);
        return copy with { Drift = isUnknown ? UpdateRisk.ReviewRequired : UpdateRisk.Conflict, Reason = SyncConflicts.Describe(planned.Conflicts.Select(SyncConflicts.Describe)) };
    }
}
