using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>
/// Asks upstream about the artifacts of a collection: what changed (<see cref="CheckAsync"/>), and brings in what upstream says about them
/// (<see cref="RefreshAsync"/>): description, tags and so on, not their files.
/// </summary>
/// <remarks>
/// Safe from several threads and processes. Upstream is asked without a lock; the lock is taken only to write, and what is written is worked out again
/// from the files as they are then.
/// </remarks>
public sealed class CollectionRefresher
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Works on the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">What asks upstream.</param>
    public CollectionRefresher(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Finds out what upstream did to each artifact. Changes nothing on disk.</summary>
    /// <param name="request">Which artifacts; its fields matter only where it wants changed fields named.</param>
    /// <param name="listener">Told each answer as soon as it is known; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>An answer for each artifact; one that upstream could not tell about is <see cref="ChangeType.Unknown"/>.</returns>
    /// <exception cref="SkillMeatException">The collection can't be found or read.</exception>
    public async Task<UpdateCheckResult> CheckAsync(RefreshRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var collection = _store.Read(request.Collection);
        var fields = request.NameChangedFields ? new ChangedFields(Planner, collection.Artifacts, request.Fields, _store.Time) : null;
        var checker = new UpdateChecker(_session.Provider, _session.FrontMatterCache, new LocalFiles(collection.Folder), fields);
        var (checks, problems) = await checker.CheckAsync(collection, Track(collection), request.Filter, listener ?? CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        return new UpdateCheckResult(
            collection.Name,
            checks,
            problems.Select(p => new UpstreamProblem(p.ErrorId, p.Message)).ToList(),
            _store.Time.GetElapsedTime(started))
        {
            Unknown = FindUnknown(collection, request.Filter),
        };
    }

    /// <summary>
    /// Brings in what upstream says about each artifact. When that changes anything, a snapshot of manifest and lock file is made in the same transaction;
    /// when it does not, no file of the collection is written.
    /// </summary>
    /// <param name="request">Which artifacts and fields, and whether it is a dry run.</param>
    /// <param name="cancellationToken">Stops the work and leaves the collection as it was.</param>
    /// <returns>An entry for each artifact; what upstream could not tell stays as it is.</returns>
    /// <exception cref="SkillMeatException">The collection can't be found or read.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written; nothing was changed.</exception>
    public async Task<RefreshResult> RefreshAsync(RefreshRequest request, CancellationToken cancellationToken = default)
    {
        var planned = await PlanAsync(request, listener: null, cancellationToken).ConfigureAwait(false);
        return request.DryRun ? planned.ToResult() : await ApplyAsync(planned, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks upstream and works out what a refresh would change. Changes nothing on disk.</summary>
    /// <param name="request">Which artifacts and fields.</param>
    /// <param name="listener">Told how far the asking has come; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan, for <see cref="ApplyAsync(PlannedRefresh, CancellationToken)"/>.</returns>
    /// <exception cref="SkillMeatException">The collection can't be found or read.</exception>
    public async Task<PlannedRefresh> PlanAsync(RefreshRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var collection = _store.Read(request.Collection);
        var wanted = Track(collection).Where(a => request.Filter.Matches(a.Artifact.Id)).ToList();
        var told = await Planner.AskAsync(wanted, listener ?? CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        return new PlannedRefresh(collection.Name, collection.Artifacts, told, request, _store.Time, _store.Time.GetElapsedTime(started))
        {
            Unknown = FindUnknown(collection, request.Filter),
        };
    }

    /// <summary>
    /// Does what a plan says, worked out again from the collection as it is now: what somebody changed meanwhile is not overwritten by what was planned before.
    /// A snapshot of manifest and lock file is made in the same transaction; a plan that changes nothing writes no file of the collection.
    /// </summary>
    /// <param name="planned">The plan.</param>
    /// <param name="cancellationToken">Stops the work and leaves the collection as it was.</param>
    /// <returns>An entry for each artifact.</returns>
    /// <exception cref="SkillMeatException">The collection can't be read any more.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written; nothing was changed.</exception>
    public async Task<RefreshResult> ApplyAsync(PlannedRefresh planned, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var plan = planned.Plan;
        string? snapshotId = null;
        _session.SaveCaches();
        if (plan.HasChanges)
        {
            (plan, snapshotId) = await WriteAsync(planned.Collection, planned.Told, planned.Request, cancellationToken).ConfigureAwait(false);
        }

        return new RefreshResult
        {
            Collection = planned.Collection,
            SnapshotId = snapshotId,
            Summary = plan.Summarize(planned.Duration + _store.Time.GetElapsedTime(started)) with { Collection = planned.Collection, SnapshotId = snapshotId },
            Entries = plan.Entries.Select(e => e.Status == RefreshStatus.Refreshed ? e with { SnapshotId = snapshotId } : e).ToList(),
        };
    }

    private RefreshPlanner Planner => new(_session.Provider, _session.FrontMatterCache, _store.Time);

    private static List<UnknownArtifact> FindUnknown(Collection collection, ArtifactFilter filter) =>
        filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))).ToList();

    private List<TrackedArtifact> Track(Collection collection)
    {
        var context = _session.ContextFor(collection.Folder);
        return collection.Artifacts.Select(a => TrackedArtifact.From(a, context)).ToList();
    }

    private async Task<(RefreshPlan Plan, string? SnapshotId)> WriteAsync(string name, IReadOnlyList<ToldArtifact> told, RefreshRequest request, CancellationToken cancellationToken)
    {
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(() => WriteOnce(held, name, told, request.Fields, cancellationToken), cancellationToken);
    }

    private (RefreshPlan Plan, string? SnapshotId) WriteOnce(HomeLock held, string name, IReadOnlyList<ToldArtifact> told, IReadOnlyList<RefreshField> fields, CancellationToken cancellationToken)
    {
        var files = _store.ReadFiles(name);
        var plan = RefreshPlan.Make(files.Manifest.ReadArtifacts(name, files.LockFile), told, fields, _store.Time);
        if (!plan.HasChanges)
        {
            return (plan, null);
        }

        var now = _store.Time.GetUtcNow();
        var snapshots = new SnapshotCatalog(_store, name);
        var snapshot = ManifestSnapshot.Of(name, files, snapshots.NewId(now), SnapshotKind.BeforeRefresh, $"Before refresh of {plan.ChangedCount} artifact(s)", now);
        var listed = files.Manifest.Ids;
        plan.ApplyTo(files.Manifest, now);
        var edited = files.Manifest.ToBytes();
        MustListSame(listed, edited, _store.Layout.Manifest(name));

        var change = _store.Storage.Begin(held);
        snapshots.MakeRoom(change, _store.ReadConfig().KeptSnapshots);
        snapshots.Manifests.Add(change, snapshot);
        change.Write(_store.Layout.Manifest(name), edited, FileExpectation.Of(files.ManifestBytes));
        change.Commit(cancellationToken);
        return (plan, snapshot.Id);
    }

    /// <summary>An edit of ours that could not be read back, or that lost an artifact, must not reach the disk, whatever made it so.</summary>
    private static void MustListSame(IReadOnlyList<ArtifactId> listed, byte[] edited, string path)
    {
        if (!Manifest.Parse(edited, path).Ids.SequenceEqual(listed))
        {
            throw new DataFileException(ErrorIds.InvalidData, path, 0, 0, "the refreshed manifest would not list the same artifacts, so it was not written; please report this");
        }
    }
}
