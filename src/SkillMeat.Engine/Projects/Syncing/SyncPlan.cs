using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Deploying;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Syncing;

/// <summary>The plan of a sync, from the files as they are. A dry run and the sync itself make the same plan. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="objects">The store of the contents.</param>
/// <param name="request">The request.</param>
/// <param name="choiceOf">Returns the choice for a copy.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class SyncPlan(CollectionStore store, ObjectStore objects, SyncRequest request, Func<SyncTarget, SyncChoice> choiceOf, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<SyncCopy> _copies = [];
    private readonly Dictionary<string, SyncCollection?> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyncCopy> _byPath = new(PathEquality.Comparer);
    private readonly SyncContents _contents = new(objects, store.Time, cancellationToken);
    private readonly ProjectChanges _projects = new(store, objects, new OutsideFolders(store.Home), cancellationToken);
    private readonly SyncValidator _validator = new(objects);
    private readonly OutsideFolders _outside = new(store.Home);
    private SettingsPlan? _settings;

    /// <summary>The outcomes, in the order of the targets.</summary>
    public IReadOnlyList<SyncEntry> Entries => _copies.ConvertAll(copy => copy.Entry);

    /// <summary>The changes of the collections.</summary>
    public IReadOnlyList<SyncCollection> ChangedCollections => [.. _collections.Values.OfType<SyncCollection>().Where(collection => collection.HasChanges)];

    /// <summary>Whether there is something to write.</summary>
    public bool HasChanges => ChangedCollections.Count > 0 || _projects.HasChanges;

    /// <summary>Plans the sync of deployments.</summary>
    /// <exception cref="SkillMeatException">A collection or the records cannot be read.</exception>
    /// <exception cref="StorageException">A file cannot be read.</exception>
    public void Add(IReadOnlyList<SyncTarget> targets)
    {
        foreach (var target in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _copies.Add(new SyncCopy(target, EntryOf(target)));
            if (target.Problem is { } problem) _copies[^1].Entry = _copies[^1].Entry with { Status = SyncStatus.Error, Reason = problem.Message, ErrorId = problem.ErrorId };
            else Plan(_copies[^1]);
        }

        new SyncFinisher(store, objects, request, _contents, _projects).Finish(_copies, [.. ChangedCollections.SelectMany(collection => collection.Changed)]);
    }

    /// <summary>Adds the changes in projects to a transaction.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: another program changed a copy meanwhile.</exception>
    public void AddProjectsTo(Transaction transaction)
    {
        foreach (var site in _projects.Sites) Settings.TakeOver(site);
        _projects.AddTo(transaction);
        Settings.AddTo(transaction, _projects.IsInEmptied);
    }

    /// <summary>Makes the changes of the collections, and edits their manifests and lock files.</summary>
    public IReadOnlyList<CollectionChange> MakeCollectionChanges(DateTimeOffset now) => [.. ChangedCollections.Select(collection => new SyncChange(store, objects, collection, request.SkipSnapshot, _contents.HashOf).Make(now))];

    public void Dispose() => _contents.Dispose();

    private SettingsPlan Settings => _settings ??= new SettingsPlan(store, _outside, _projects.Memory, cancellationToken);

    private SyncEntry EntryOf(SyncTarget target) => new(target.Artifact)
    {
        Project = target.Site.Folder,
        IsUserScope = target.Site.User is not null,
        Profile = target.Record.Profile,
        Path = target.FullPath,
        Collection = target.Record.Collection,
        Status = SyncStatus.Skipped,
        DryRun = request.DryRun,
    };

    private void Plan(SyncCopy copy)
    {
        try
        {
            Decide(copy);
        }
        catch (SkillMeatException e) when (e.ErrorId is not (ErrorIds.StorageFailed or ErrorIds.ConcurrentChange or ErrorIds.ObjectMissing))
        {
            copy.Artifact = null;
            copy.Entry = copy.Entry with { Status = SyncStatus.Error, Reason = e.Message, ErrorId = e.ErrorId, Conflicts = [] };
        }
    }

    private void Decide(SyncCopy copy)
    {
        var choice = choiceOf(copy.Target);
        if (choice == SyncChoice.Skip)
        {
            copy.Report(SyncStatus.Skipped, "It stays as it is.");
            return;
        }

        (copy.Folder, copy.Path) = _outside.Find(copy.Target.Site, copy.Target.FullPath);
        if (!_byPath.TryAdd(copy.Path, copy))
        {
            copy.Twin = _byPath[copy.Path];
            return;
        }

        copy.IsActive = Settings.IsActive(new Target(copy.Target.Artifact, copy.Target.Site, copy.Target.Record.Profile, copy.Target.Root, copy.Target.Record.Path));
        copy.Before = _contents.Read(copy.Path);
        if (copy.Before is { Kind: TreeEntryKind.Link })
        {
            copy.Report(SyncStatus.Skipped, "It is a link, so there is no copy to synchronize.");
            return;
        }

        if (CollectionOf(copy.Target) is not { } collection)
        {
            copy.Report(SyncStatus.Skipped, $"This home has no collection '{copy.Target.Record.Collection}'. Adopt the copy to bring it into one.");
            return;
        }

        var artifact = collection.Find(copy.Target.Artifact);
        if (artifact?.Current is { } current && copy.Before is { } found) Compare(copy, collection, artifact, current, found, choice);
        else DecideMissing(copy, collection, artifact, choice);
    }

    // One side or both have no files.
    private void DecideMissing(SyncCopy copy, SyncCollection collection, SyncedArtifact? artifact, SyncChoice choice)
    {
        if (copy.Before is { } found)
        {
            copy.IsEdited = true;
            if (choice == SyncChoice.Fork) Fork(copy, collection, _contents.Store(copy.Path, found));
            else if (artifact is null) copy.Report(SyncStatus.Skipped, $"The collection '{collection.Name}' does not have it any more. Adopt it, fork it, or undeploy it.");
            else if (choice == SyncChoice.TakeProject) Take(copy, artifact, _contents.Store(copy.Path, found), SyncStatus.Pushed);
            else copy.Report(SyncStatus.Skipped, $"Its files are gone in the collection '{collection.Name}'. Update or restore it there, or overwrite them with the project's.");
        }
        else if (artifact?.Current is { } current && (choice == SyncChoice.TakeCollection || (choice == SyncChoice.Merge && request.Direction == SyncDirection.Pull)))
        {
            copy.Artifact = artifact;
            copy.Report(SyncStatus.Pulled, "Its files were gone in the project.");
        }
        else if (artifact?.Current is { } changed && choice == SyncChoice.Merge && _contents.HashOf(changed) != copy.Target.Record.ContentHash)
        {
            copy.Report(SyncStatus.Conflict, "Its files are gone in the project, and it changed in the collection. Pull it, or undeploy it.");
        }
        else
        {
            copy.Report(SyncStatus.Skipped, artifact is null ? "Its files are gone in the project, and the collection does not have it any more. Undeploy it." : "Its files are gone in the project. Pull it, or undeploy it.");
        }
    }

    private void Compare(SyncCopy copy, SyncCollection collection, SyncedArtifact artifact, TreeEntry current, TreeEntry found, SyncChoice choice)
    {
        if (current.Kind == TreeEntryKind.Folder != (found.Kind == TreeEntryKind.Folder))
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"It is a {NameOf(found)} in the project and a {NameOf(current)} in the collection.");
        }

        var stored = found.HasContentOf(current) ? found : copy.Before = _contents.Store(copy.Path, found);
        if (_contents.AreSame(stored, current))
        {
            copy.Artifact = artifact;
            copy.Report(SyncStatus.Unchanged);
            return;
        }

        var known = new SyncBases(request, _contents).Find(copy.Target, _projects.KeptOf(copy.Target.Site), collection, artifact, stored);
        copy.IsEdited = known is null || !_contents.AreSame(known, stored);
        var hasMovedOn = known is null || !_contents.AreSame(known, current);
        switch (choice)
        {
            case SyncChoice.TakeProject:
                Take(copy, artifact, stored, SyncStatus.Pushed);
                break;
            case SyncChoice.TakeCollection:
                copy.Artifact = artifact;
                copy.Report(SyncStatus.Pulled, copy.IsEdited ? "The project's version is kept in the object store." : null);
                break;
            case SyncChoice.Fork when copy.IsEdited:
                Fork(copy, collection, stored);
                break;
            case SyncChoice.Merge when copy.IsEdited && hasMovedOn:
                Merge(copy, artifact, known, stored);
                break;
            case SyncChoice.Merge when copy.IsEdited:
                Push(copy, artifact, stored);
                break;
            default:
                Pull(copy, artifact);
                break;
        }
    }

    // The copy was edited, and the collection was not.
    private void Push(SyncCopy copy, SyncedArtifact artifact, TreeEntry stored)
    {
        if (request.Direction == SyncDirection.Pull) copy.Report(SyncStatus.Skipped, "It was edited in the project, and the collection has nothing new.");
        else Change(copy, artifact, stored, SyncStatus.Pushed, takenFrom: null);
    }

    // The collection changed, and the copy was not edited.
    private void Pull(SyncCopy copy, SyncedArtifact artifact)
    {
        if (request.Direction == SyncDirection.Push)
        {
            copy.Report(SyncStatus.Skipped, "It changed in the collection, and was not edited in the project.");
            return;
        }

        copy.Artifact = artifact;
        copy.Report(SyncStatus.Pulled);
    }

    // Replaces the collection's content by the copy, whatever changed there. That must not be what another copy brought a moment ago.
    private void Take(SyncCopy copy, SyncedArtifact artifact, TreeEntry stored, SyncStatus status)
    {
        if (artifact.IsChanged)
        {
            copy.Report(SyncStatus.Conflict, $"Another copy{(artifact.TakenFrom is { } other ? $" ('{other}')" : "")} changes it in the same sync, in another way. Synchronize one of them first.");
            return;
        }

        Change(copy, artifact, stored, status, copy.Target.FullPath);
    }

    private void Merge(SyncCopy copy, SyncedArtifact artifact, TreeEntry? known, TreeEntry stored)
    {
        var (local, other) = (ContentFiles.Of(objects, stored), ContentFiles.Of(objects, artifact.Current!));
        var baseFiles = known is null ? null : ContentFiles.Of(objects, known);
        using var writer = objects.BeginWrite();
        var planner = new ContentPlanner(objects, writer, baseFiles?.IsFolder == local.IsFolder ? baseFiles : null, local, other);
        var planned = request.ResolveWith?.Folder is { } folder
            ? planner.PlanResolved(ContentFiles.Of(objects, _validator.ReadResolved(folder, copy.Target.Artifact, _contents)), isClean: true)
            : planner.Plan(Updates.UpdateStrategy.Merge, isClean: false, request.ResolveWith?.Side, cancellationToken);
        writer.Commit();
        if (planned.Conflicts.Count > 0)
        {
            var conflicts = planned.Conflicts.Select(SyncConflicts.Describe).ToList();
            copy.Report(SyncStatus.Conflict, SyncConflicts.Describe(conflicts));
            copy.Entry = copy.Entry with { Conflicts = [.. conflicts] };
            return;
        }

        var merged = planned.After ?? throw new SkillMeatException(ErrorIds.ArtifactInvalid, "The merge leaves no file of it.");
        if (_contents.AreSame(merged, artifact.Current!))
        {
            copy.Artifact = artifact;
            copy.Report(SyncStatus.Pulled);
        }
        else
        {
            Change(copy, artifact, merged, _contents.AreSame(merged, stored) ? SyncStatus.Pushed : SyncStatus.Merged, takenFrom: null);
        }
    }

    private void Change(SyncCopy copy, SyncedArtifact artifact, TreeEntry content, SyncStatus status, string? takenFrom)
    {
        _validator.Validate(content, artifact.Current, artifact.Artifact.Id.Type, artifact.Artifact.Name);
        artifact.Change(content, takenFrom);
        copy.Artifact = artifact;
        copy.Report(status);
    }

    private void Fork(SyncCopy copy, SyncCollection collection, TreeEntry stored)
    {
        // The settings would still run what is moved away.
        if (copy.IsActive)
        {
            throw new SkillMeatException(
                ErrorIds.InvalidArgument, "It is active in Claude Code, whose settings name its files where they are. Copy the edited files elsewhere, undeploy it, and add the copy as a new artifact.");
        }

        var (id, inCollection, inRoot) = NameFork(copy, collection);
        copy.Fork = new SyncFork(id, inCollection, stored with { Name = TreePath.LastPart(inCollection) }, _contents.HashOf(stored), _validator.Validate(stored, before: null, id.Type, id.Name));
        copy.ForkPath = inRoot;
        collection.Add(copy.Fork);
        copy.Report(SyncStatus.Forked);
        copy.Entry = copy.Entry with
        {
            ForkedAs = id.ToString(),
            CollectionFiles = [.. _contents.Land(side: null, stored, copy.Fork.Content.Name).Files],
        };
    }

    private (ArtifactId Id, string InCollection, string InRoot) NameFork(SyncCopy copy, SyncCollection collection)
    {
        var (type, name) = (copy.Target.Artifact.Type, copy.Target.Artifact.Name);
        if (type.Container is null) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A {type} cannot be forked. It belongs in a project.");
        for (var number = 1; ; number++)
        {
            var id = new ArtifactId(type, request.ForkName ?? (number == 1 ? $"{name}-fork" : $"{name}-fork-{number}"));
            if (ArtifactId.DescribeBadName(id.Name) is { } problem) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{VisibleText.Line(id.Name)}' is not a valid artifact name: it {problem}.");
            var file = $"{id.Name}{(type.IsFolder ? "" : ".md")}";
            var parent = TreePath.Parent(copy.Target.Record.Path);
            var (inCollection, inRoot) = ($"{type.Container}/{file}", parent.Length == 0 ? file : $"{parent}/{file}");
            var isTaken = collection.IsTaken(id, inCollection) || Disk.HasEntry(Path.Combine(Path.GetDirectoryName(copy.Path)!, file)) || !_byPath.TryAdd(Path.Combine(Path.GetDirectoryName(copy.Path)!, file), copy);
            if (!isTaken) return (id, inCollection, inRoot);
            if (request.ForkName is not null) throw new SkillMeatException(ErrorIds.InvalidArgument, $"There is '{id}' already, in the collection '{collection.Name}' or in the project. Choose another name for the fork.");
        }
    }

    private SyncCollection? CollectionOf(SyncTarget target)
    {
        var name = target.Record.Collection;
        if (_collections.TryGetValue(name, out var known)) return known;
        return _collections[name] = Exists(store, name)
            ? new SyncCollection(store, objects, name, new Snapshots.SnapshotGuard(!request.SkipSnapshot && !request.DryRun).Run(name, () => objects.Store(store.Layout.CollectionFolder(name), store.Time, cancellationToken)))
            : null;
    }

    /// <summary>Whether this home has a collection. Records can name any.</summary>
    public static bool Exists(CollectionStore store, string collection) => ArtifactId.DescribeBadName(collection) is null && File.Exists(store.Layout.Manifest(collection));

    private static string NameOf(TreeEntry entry) => entry.Kind == TreeEntryKind.Folder ? "folder" : "file";
}
