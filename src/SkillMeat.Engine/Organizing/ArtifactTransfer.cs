using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Organizing;

/// <summary>Moves and copies artifacts to another collection in one transaction over both, after taking a snapshot of each that changes.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ArtifactTransfer
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a transfer for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ArtifactTransfer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>
    /// Moves artifacts, all of them or none: their files, their entries in manifest and lock file, and their merge bases. They leave the groups of their collection. Their deployments in known projects
    /// name the new collection.
    /// </summary>
    /// <param name="request">The artifacts and the collections.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The artifacts, in the order of the manifest.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.ArtifactNotFound"/>: no artifact matches a name, or more than one. <see cref="ErrorIds.InvalidArgument"/>: one cannot go there, for
    /// example because the collection has one of that name. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds a lock. Nothing was changed.</exception>
    /// <exception cref="StorageException">A snapshot could not be taken, or a file operation failed. Nothing was changed.</exception>
    public Task<IReadOnlyList<TransferredArtifact>> MoveAsync(TransferRequest request, CancellationToken cancellationToken = default) => RunAsync(request, isMove: true, cancellationToken);

    /// <summary>Copies artifacts, all of them or none: their files, their entries in manifest and lock file, and their merge bases.</summary>
    /// <inheritdoc cref="MoveAsync(TransferRequest, CancellationToken)"/>
    public Task<IReadOnlyList<TransferredArtifact>> CopyAsync(TransferRequest request, CancellationToken cancellationToken = default) => RunAsync(request, isMove: false, cancellationToken);

    private async Task<IReadOnlyList<TransferredArtifact>> RunAsync(TransferRequest request, bool isMove, CancellationToken cancellationToken)
    {
        var source = _store.SpellingOf(request.Collection ?? _store.ActiveCollection);
        request = request with { Destination = _store.SpellingOf(request.Destination) };
        _store.CheckExists(source);
        _store.CheckExists(request.Destination);
        if (source == request.Destination) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The artifacts are in collection '{source}' already. Name another one.");
        // Refused before anything is locked.
        var planned = new TransferPlan(_store, request, source).Make(_store.ReadFiles(source), _store.ReadFiles(request.Destination));
        var copies = FindCopies(source, planned, isMove);
        if (request.DryRun) return Describe(request, source, planned, copies, isMove, new Dictionary<string, string>(), copies.Warnings);
        for (var attempt = 1; attempt <= ConcurrentChanges.MaxAttempts; attempt++)
        {
            try
            {
                if (attempt > 1) copies = FindCopies(source, planned, isMove);
                var folders = copies.FindFolders(new OutsideFolders(_store.Home));
                using var held = await _store.Storage.LockAsync(
                    [CollectionStore.LockNameOf(source), CollectionStore.LockNameOf(request.Destination), .. copies.LockNames], folders, request.LockTimeout, cancellationToken).ConfigureAwait(false);
                if (ConcurrentChanges.Retry(() => Run(held, request, source, isMove, cancellationToken), cancellationToken) is { } transferred) return transferred;
            }
            catch (SkillMeatException e) when (copies.Explain(e) is { } explained)
            {
                throw explained;
            }
        }

        throw new StorageException(ErrorIds.ConcurrentChange, _store.Layout.CollectionFolder(source), "other programs kept deploying the artifacts; nothing was changed, try again");
    }

    private FollowingCopies FindCopies(string source, IReadOnlyList<PlannedTransfer> planned, bool isMove)
    {
        // A copy under another name would need another path.
        var moved = planned.Where(one => isMove && !one.IsRenamed).Select(one => one.Artifact.Id).ToHashSet();
        return moved.Count == 0 ? FollowingCopies.None(_store) : FollowingCopies.Find(_store, _user, record => record.Collection == source && moved.Contains(record.Artifact));
    }

    // Null if another program deployed one of the artifacts elsewhere meanwhile, where nothing is locked.
    private List<TransferredArtifact>? Run(HomeLock held, TransferRequest request, string source, bool isMove, CancellationToken cancellationToken)
    {
        var (files, target) = (_store.ReadFiles(source), _store.ReadFiles(request.Destination));
        var planned = new TransferPlan(_store, request, source).Make(files, target);
        var copies = FindCopies(source, planned, isMove);
        var outside = new OutsideFolders(_store.Home);
        if (!copies.AreLocked(held, outside)) return null;

        var (folder, there) = (Scan(source, request, cancellationToken), Scan(request.Destination, request, cancellationToken));
        var contents = planned.ToDictionary(one => one.Id, one => Content(folder, source, one));
        List<CollectionChange> changes = [ChangeDestination(request, target, files, planned, contents, there, source, isMove)];
        if (isMove) changes.Add(ChangeSource(request, source, files, planned, contents, folder));
        var elsewhere = new ProjectChanges(_store, _store.Objects, outside, cancellationToken);
        var paths = planned.ToDictionary(one => one.Artifact.Id, one => (PathOf(source, one.From), PathOf(request.Destination, one.Path)));
        var links = copies.AddTo(elsewhere, outside, request.Destination, id => paths[id], cancellationToken);
        var (snapshotIds, warnings) = new CollectionChanger(_store).Commit(held, changes, cancellationToken, elsewhere.AddTo);
        return Describe(request, source, planned, copies, isMove, snapshotIds, [.. copies.Warnings, .. links, .. warnings]);
    }

    private StoredFolder Scan(string name, TransferRequest request, CancellationToken cancellationToken) =>
        new SnapshotGuard(!request.SkipSnapshot).Run(name, () => new SnapshotTaker(_store, name).Scan(cancellationToken));

    private TreeEntry Content(StoredFolder folder, string source, PlannedTransfer one)
    {
        if (folder.Scan.Warnings.FirstOrDefault(warning => ArtifactPath.Contains(one.From, warning.Path)) is { } left)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{one.Artifact.Id} cannot leave collection '{source}': '{left.Path}' is {left.Message}. Remove it first.");
        }

        return _store.Objects.Find(folder.Scan.Id, one.From)
            ?? throw new StorageException(ErrorIds.ConcurrentChange, PathOf(source, one.From), $"another program removed {PathOf(source, one.From)} meanwhile, so nothing was written; try again");
    }

    private CollectionChange ChangeDestination(
        TransferRequest request, CollectionFiles target, CollectionFiles files, IReadOnlyList<PlannedTransfer> planned, Dictionary<ArtifactId, TreeEntry> contents, StoredFolder there, string source, bool isMove)
    {
        var now = _store.Time.GetUtcNow();
        if (InsertedArtifacts.TryInsert(target, _store.Layout.Manifest(request.Destination), files, [.. planned.Select(one => (one.Artifact.Id, one.IsRenamed ? new ArtifactPath(one.Id, one.Path) : null))]) is { } inserted)
        {
            target = inserted;
            target.Manifest.NoteChange(now);
        }
        else
        {
            foreach (var one in planned) target.Manifest.CopyArtifactAs(files.Manifest, one.Artifact.Id, one.Id, one.Path, now);
        }

        foreach (var one in planned)
        {
            if (!isMove) target.Manifest.RemoveIdentity(one.Id, now);
            // One that is left over names other files.
            target.LockFile.Remove(one.Id);
            target.LockFile.CopyEntryAs(files.LockFile, one.Artifact.Id, one.Id);
        }

        var bases = new MergeBaseStore(_store, source).Read();
        var added = planned.SelectMany(one => bases.All.Where(known => known.Artifact == one.Artifact.Id)
            .Select(known => known with { Artifact = one.Id, Content = one.IsRenamed ? known.Content with { Name = TreePath.LastPart(one.Path) } : known.Content })).ToList();
        return new CollectionChange(request.Destination, target, target.Manifest.Ids)
        {
            Folder = [.. planned.Select(one => new FolderChange(one.Path, Before: null, contents[one.Id] with { Name = TreePath.LastPart(one.Path) }))],
            NewFolders = [.. planned.Select(one => TreePath.Parent(one.Path)).Where(parent => parent.Length > 0).Distinct(StringComparer.Ordinal)],
            Bases = new MergeBaseStore(_store, request.Destination).Read().With(added),
            Before = there,
            SnapshotKind = request.SkipSnapshot ? null : isMove ? SnapshotKind.BeforeMove : SnapshotKind.BeforeCopy,
            Message = $"Before {Name(planned)} {(isMove ? "came" : planned.Count == 1 ? "was copied" : "were copied")} from '{source}'",
        };
    }

    private CollectionChange ChangeSource(
        TransferRequest request, string source, CollectionFiles files, IReadOnlyList<PlannedTransfer> planned, Dictionary<ArtifactId, TreeEntry> contents, StoredFolder folder)
    {
        var ids = planned.Select(one => one.Artifact.Id).ToHashSet();
        files.Manifest.Remove(ids, _store.Time.GetUtcNow());
        foreach (var id in ids) files.LockFile.Remove(id);
        return new CollectionChange(source, files, files.Manifest.Ids)
        {
            Folder = [.. planned.Select(one => new FolderChange(one.From, contents[one.Id], After: null))],
            Bases = new MergeBaseStore(_store, source).Read().Without(ids),
            Before = folder,
            SnapshotKind = request.SkipSnapshot ? null : SnapshotKind.BeforeMove,
            Message = $"Before {Name(planned)} went to '{request.Destination}'",
        };
    }

    private static string Name(IReadOnlyList<PlannedTransfer> planned) => planned is [var one] ? one.Artifact.Id.ToString() : $"{planned.Count} artifacts";

    private string PathOf(string collection, string path) => Path.GetFullPath(path.Replace('/', Path.DirectorySeparatorChar), _store.Layout.CollectionFolder(collection));

    private List<TransferredArtifact> Describe(
        TransferRequest request, string source, IReadOnlyList<PlannedTransfer> planned, FollowingCopies copies, bool isMove, IReadOnlyDictionary<string, string> snapshotIds, IReadOnlyList<string> warnings)
    {
        var deployments = copies.All.ToLookup(copy => copy.Record.Artifact);
        var all = warnings.ToList();
        if (copies.MissingProjects.Count > 0) all.Add($"Deployments in projects that are missing now are reported as orphaned later: {string.Join(", ", copies.MissingProjects.Select(project => $"'{project}'"))}.");
        if (isMove && planned.Any(one => one.IsRenamed)) all.Add("Deployments of an artifact that gets another name stay under the old one, and are reported as orphaned.");
        return
        [
            .. planned.Select(one => new TransferredArtifact(one.Id)
            {
                Collection = request.Destination,
                Source = source,
                SourceName = one.Artifact.Name,
                Path = PathOf(request.Destination, one.Path),
                IsMoved = isMove,
                Deployments = deployments[one.Artifact.Id].Count(),
                SnapshotId = snapshotIds.GetValueOrDefault(request.Destination),
                SourceSnapshotId = isMove ? snapshotIds.GetValueOrDefault(source) : null,
                Warnings = TextValues.Of(all),
                DryRun = request.DryRun,
            }),
        ];
    }
}
