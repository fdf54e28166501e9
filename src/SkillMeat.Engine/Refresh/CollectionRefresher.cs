using SkillMeat.Changes;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>
/// Checks the artifacts of a collection for changes upstream (<see cref="CheckAsync"/>), and updates their metadata from upstream (<see
/// cref="RefreshAsync"/>): description, tags and other fields, but not their files.
/// </summary>
/// <remarks>
/// Thread-safe, also across processes. Upstream is queried without a lock. The lock is taken only for writing, and the changes are then computed
/// again from the current files.
/// </remarks>
public sealed class CollectionRefresher
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Creates a refresher for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">The session for requests to upstream.</param>
    public CollectionRefresher(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Checks each artifact for changes upstream. Changes nothing on disk.</summary>
    /// <param name="request">The artifacts to check. The fields matter only if changed fields are requested.</param>
    /// <param name="listener">Receives each result as soon as it is known; null for none.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>A result for each artifact; <see cref="ChangeType.Unknown"/> if upstream did not answer.</returns>
    /// <exception cref="SkillMeatException">The collection cannot be found or read.</exception>
    public async Task<UpdateCheckResult> CheckAsync(RefreshRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var collection = _store.Read(request.Collection);
        var fields = request.NameChangedFields ? new ChangedFields(Planner, collection.Artifacts, request.Fields, _store.Time) : null;
        var checker = new UpdateChecker(_session.Provider, new LocalFiles(collection.Folder, new FetchedTexts(_store, collection.Name)), _session.GitHubServer, fields, request.FindsNew);
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
    /// Updates the metadata of each artifact from upstream. If anything changes, a snapshot of manifest and lock file is created in the same
    /// transaction; otherwise no file of the collection is written.
    /// </summary>
    /// <param name="request">The artifacts and fields, and whether it is a dry run.</param>
    /// <param name="cancellationToken">Cancels the refresh and leaves the collection unchanged.</param>
    /// <returns>An entry for each artifact. Fields for which upstream did not answer stay unchanged.</returns>
    /// <exception cref="SkillMeatException">The collection cannot be found or read.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written; nothing was changed.</exception>
    public async Task<RefreshResult> RefreshAsync(RefreshRequest request, CancellationToken cancellationToken = default)
    {
        var planned = await PlanAsync(request, listener: null, cancellationToken).ConfigureAwait(false);
        return request.DryRun ? planned.ToResult() : await ApplyAsync(planned, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Queries upstream and computes the changes of a refresh. Changes nothing on disk.</summary>
    /// <param name="request">The artifacts and fields.</param>
    /// <param name="listener">Receives the progress of the queries; null for none.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <returns>The plan, for <see cref="ApplyAsync(PlannedRefresh, CancellationToken)"/>.</returns>
    /// <exception cref="SkillMeatException">The collection cannot be found or read.</exception>
    public async Task<PlannedRefresh> PlanAsync(RefreshRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var collection = _store.Read(request.Collection);
        var wanted = Track(collection).Where(a => request.Filter.Matches(a.Artifact.Id)).ToList();
        var answers = await Planner.AskAsync(wanted, listener ?? CheckListener.Silent, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var plan = RefreshPlan.Make(collection.Artifacts, answers, request.Fields, _store.Time);
        return new PlannedRefresh(collection.Name, plan, answers, request, _store.Time.GetElapsedTime(started))
        {
            Unknown = FindUnknown(collection, request.Filter),
        };
    }

    /// <summary>
    /// Applies a plan. The changes are computed again from the current collection, so that changes that were made since the planning are not
    /// overwritten. A snapshot of manifest and lock file is created in the same transaction; a plan without changes writes no file of the collection.
    /// </summary>
    /// <param name="planned">The plan.</param>
    /// <param name="cancellationToken">Cancels the operation and leaves the collection unchanged.</param>
    /// <returns>An entry for each artifact.</returns>
    /// <exception cref="SkillMeatException">The collection can no longer be read.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written; nothing was changed.</exception>
    public Task<RefreshResult> ApplyAsync(PlannedRefresh planned, CancellationToken cancellationToken = default) =>
        ApplyAsync(planned.Collection, planned.Plan.HasChanges ? null : planned.Plan, planned.Answers, planned.Request, planned.Duration, cancellationToken);

    /// <summary>Applies answers. A plan with changes is not passed: it is made again, and both together take much memory.</summary>
    private async Task<RefreshResult> ApplyAsync(
        string collection, RefreshPlan? unchanged, IReadOnlyList<FieldAnswer> answers, RefreshRequest request, TimeSpan duration, CancellationToken cancellationToken)
    {
        // The data of the planning would otherwise stay in memory: its methods wait on the stack until this one waits for something.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = _store.Time.GetTimestamp();
        _session.SaveCaches();
        var (plan, snapshotId) = unchanged is not null ? (unchanged, null) : await WriteAsync(collection, answers, request, cancellationToken).ConfigureAwait(false);
        return new RefreshResult
        {
            Collection = collection,
            SnapshotId = snapshotId,
            Summary = plan.Summarize(duration + _store.Time.GetElapsedTime(started)) with { Collection = collection, SnapshotId = snapshotId },
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

    private async Task<(RefreshPlan Plan, string? SnapshotId)> WriteAsync(string name, IReadOnlyList<FieldAnswer> answers, RefreshRequest request, CancellationToken cancellationToken)
    {
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(() => WriteOnce(held, name, answers, request.Fields, cancellationToken), cancellationToken);
    }

    private (RefreshPlan Plan, string? SnapshotId) WriteOnce(HomeLock held, string name, IReadOnlyList<FieldAnswer> answers, IReadOnlyList<RefreshField> fields, CancellationToken cancellationToken)
    {
        var files = _store.ReadFiles(name);
        var listed = files.Manifest.Ids;
        var plan = RefreshPlan.Make(files.Manifest.EnumerateArtifacts(name, files.LockFile), answers, fields, _store.Time, files.Manifest.Apply);
        if (!plan.HasChanges)
        {
            return (plan, null);
        }

        var change = new CollectionChange(name, files, listed)
        {
            SnapshotKind = SnapshotKind.BeforeRefresh,
            Message = $"Before refresh of {plan.ChangedCount} artifact(s)",
        };
        var (snapshotIds, warnings) = new CollectionChanger(_store).Commit(held, [change], cancellationToken);
        foreach (var warning in warnings) _session.Report(warning);
        return (plan, snapshotIds[name]);
    }
}
