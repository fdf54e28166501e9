using SkillMeat.Changes;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;

namespace SkillMeat.Updates;

/// <summary>
/// Updates artifacts from upstream and keeps local edits. There is one download for each repository and commit, one snapshot for each collection, and one transaction for
/// all of them.
/// </summary>
/// <remarks>
/// Safe from several threads and processes. The first plan is made without a lock. Before anything is written, the plan is made again under the locks of all collections, from the
/// files as they are then.
/// </remarks>
public sealed class ArtifactUpdater
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Makes an updater for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">The connection to upstream.</param>
    public ArtifactUpdater(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Plans and applies, or for a dry run only plans.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work and leaves everything as it was.</param>
    /// <returns>The outcome for each artifact.</returns>
    /// <exception cref="SkillMeatException">See <see cref="PlanAsync"/> and <see cref="ApplyAsync"/>.</exception>
    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken = default)
    {
        using var planned = await PlanAsync(request, listener: null, cancellationToken).ConfigureAwait(false);
        return request.DryRun ? planned.ToResult() : await ApplyAsync(planned, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks upstream, fetches changed contents, and plans the update. Writes no file of a collection, and in a dry run nothing to the home.</summary>
    /// <param name="request">The request.</param>
    /// <param name="listener">Called with the check of each artifact as soon as it is known; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="SkillMeatException">
    /// A collection cannot be found or read. <see cref="ErrorIds.InvalidArgument"/>: the parts of the request contradict each other, or the folder of a hand-made merge cannot be used.
    /// </exception>
    public async Task<PlannedUpdate> PlanAsync(UpdateRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PlanOnceAsync(request, listener, cancellationToken).ConfigureAwait(false);
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing && attempt < ConcurrentChanges.MaxAttempts)
            {
                // Another process collected the downloaded objects before they were used.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<PlannedUpdate> PlanOnceAsync(UpdateRequest request, CheckListener? listener, CancellationToken cancellationToken)
    {
        var started = _store.Time.GetTimestamp();
        var names = request.Collections.Count == 0 ? [_store.ActiveCollection] : request.Collections.Distinct(StringComparer.Ordinal).ToList();
        var collections = names.Select(name => _store.Read(name)).ToList();
        var scratch = request.DryRun ? new TemporaryFolder(Path.GetTempPath(), _session.Report) : null;
        try
        {
            var objects = scratch is null ? _store.Objects : new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home);
            var gatherer = new UpdateGatherer(_store, _session, objects, request);
            var inputs = await gatherer.GatherAsync(collections, listener ?? CheckListener.Silent, cancellationToken).ConfigureAwait(false);
            // On a stack of its own: the continuations of downloads run on the stack that ended them, which keeps their answers, megabytes for thousands of artifacts.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var resolved = await ReadResolvedAsync(request, inputs, objects, cancellationToken).ConfigureAwait(false);
            var planned = new PlannedUpdate(request, objects, scratch, inputs, [])
            {
                Unknown = FindUnknown(request, collections),
                Resolved = resolved,
            };
            // A collection that changed since it was read is read again when the plan is applied.
            var updates = names.Select(name => PlanCollection(planned, name, objects, cancellationToken)).OfType<CollectionUpdate>().ToList();
            return new PlannedUpdate(request, objects, scratch, inputs, updates) { Unknown = planned.Unknown, Resolved = resolved, Duration = _store.Time.GetElapsedTime(started) };
        }
        catch
        {
            scratch?.Dispose();
            throw;
        }
    }

    /// <summary>Applies a plan. It is made again from the collections as they are now, so edits since the first plan are merged like all others.</summary>
    /// <param name="planned">The plan of a request that is not a dry run.</param>
    /// <param name="cancellationToken">Stops the work and leaves everything as it was.</param>
    /// <returns>The outcome for each artifact.</returns>
    /// <exception cref="SkillMeatException">A collection cannot be read any more.</exception>
    /// <exception cref="LockTimeoutException">Another process holds a collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The snapshot could not be made, or the files could not be written; nothing was changed.</exception>
    public async Task<UpdateResult> ApplyAsync(PlannedUpdate planned, CancellationToken cancellationToken = default)
    {
        if (planned.Request.DryRun) throw new InvalidOperationException("the plan of a dry run can't be applied");
        var started = _store.Time.GetTimestamp();
        if (planned.ChangesNothing) return planned.ToResult() with { Entries = [.. planned.Entries.Select(entry => entry with { DryRun = false })] };
        _session.SaveCaches();
        var result = await ApplyLatestAsync(planned, cancellationToken).ConfigureAwait(false);
        await new ObjectCleanup(_store).CollectIfDueAsync(cancellationToken).ConfigureAwait(false);
        return result with { Duration = planned.Duration + _store.Time.GetElapsedTime(started) };
    }

    private async Task<UpdateResult> ApplyLatestAsync(PlannedUpdate planned, CancellationToken cancellationToken)
    {
        // On a stack that does not keep what the first plan used.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        HomeLock? held = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    if (await TryApplyAsync(planned, held, cancellationToken).ConfigureAwait(false) is { } result) return result;
                }
                catch (StorageException e) when (e.ErrorId is ErrorIds.ConcurrentChange or ErrorIds.ObjectMissing && attempt < ConcurrentChanges.MaxAttempts)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (attempt >= ConcurrentChanges.MaxAttempts)
                {
                    throw new StorageException(ErrorIds.ConcurrentChange, _store.Layout.CollectionsFolder, "the collection was changed by another program again and again; nothing was changed, try again");
                }

                // Another program changed the manifest or the lock file, or collected the downloaded objects: plan again. The last attempt downloads under the locks,
                // which keep every collector away.
                if (attempt == ConcurrentChanges.MaxAttempts - 1) held = await LockAsync(planned, cancellationToken).ConfigureAwait(false);
                using var again = await PlanAsync(planned.Request, listener: null, cancellationToken).ConfigureAwait(false);
                planned = planned.Renew(again);
            }
        }
        finally
        {
            held?.Dispose();
        }
    }

    private static SnapshotGuard GuardOf(UpdateRequest request) => new(!request.SkipSnapshot && !request.DryRun);

    private static IReadOnlyList<UnknownArtifact> FindUnknown(UpdateRequest request, List<Collection> collections)
    {
        var unknown = new UnknownArtifacts();
        foreach (var collection in collections)
        {
            var filter = request.FilterOf(collection.Name);
            unknown.Add(filter, filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
        }

        return unknown.Everywhere;
    }

    private CollectionUpdate? PlanCollection(PlannedUpdate planned, string name, ObjectStore objects, CancellationToken cancellationToken)
    {
        var folder = GuardOf(planned.Request).Run(name, () => objects.Store(_store.Layout.CollectionFolder(name), _store.Time, cancellationToken));
        return Plan(planned, name, objects, folder.Scan.Id, cancellationToken);
    }

    private CollectionUpdate? Plan(PlannedUpdate planned, string name, ObjectStore objects, ObjectId folder, CancellationToken cancellationToken)
    {
        var planner = new CollectionUpdatePlanner(name, objects, planned.Request, id => planned.StrategyOf(name, id), cancellationToken);
        return planner.Plan(planned.Inputs[name], _store.ReadFiles(name), folder, planned.Resolved);
    }

    private Task<HomeLock> LockAsync(PlannedUpdate planned, CancellationToken cancellationToken) =>
        _store.Storage.LockAsync([.. planned.Inputs.Keys.Select(CollectionStore.LockNameOf)], planned.Request.LockTimeout, cancellationToken);

    private async Task<UpdateResult?> TryApplyAsync(PlannedUpdate planned, HomeLock? outer, CancellationToken cancellationToken)
    {
        var names = planned.Inputs.Keys.ToList();
        using var own = outer is null ? await LockAsync(planned, cancellationToken).ConfigureAwait(false) : null;
        var held = outer ?? own!;
        // A collection may have been removed before the lock was taken.
        names.ForEach(_store.CheckExists);
        var plans = new List<(CollectionUpdate Update, StoredFolder Folder)>();
        foreach (var name in names)
        {
            var folder = GuardOf(planned.Request).Run(name, () => new SnapshotTaker(_store, name).Scan(cancellationToken));
            if (Plan(planned, name, _store.Objects, folder.Scan.Id, cancellationToken) is not { } update) return null;
            plans.Add((update, folder));
        }

        var now = _store.Time.GetUtcNow();
        var changes = plans.Where(plan => plan.Update.HasChanges).Select(plan => new UpdateChange(_store, plan.Update, plan.Folder, planned.Request.SkipSnapshot).Make(now)).ToList();
        var entries = plans.SelectMany(plan => plan.Update.Artifacts).Select(artifact => artifact.Entry).ToList();
        // The plans of thousands of artifacts take megabytes, and the commit needs memory of its own.
        plans.Clear();
        var (snapshotIds, warnings) = changes.Count == 0 ? (new Dictionary<string, string>(), []) : new CollectionChanger(_store).Commit(held, changes, cancellationToken);
        return new UpdateResult
        {
            Entries = entries.ConvertAll(entry => entry.IsChange ? entry with { SnapshotId = snapshotIds.GetValueOrDefault(entry.Collection) } : entry),
            Unknown = planned.Unknown,
            Warnings = TextValues.Of(planned.Request.SkipSnapshot && changes.Count > 0 ? [.. warnings, "No snapshot was taken, as requested, so this cannot be undone."] : warnings),
        };
    }

    private async Task<TreeEntry?> ReadResolvedAsync(
        UpdateRequest request, IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> inputs, ObjectStore objects, CancellationToken cancellationToken)
    {
        if (request.ResolveWith is not { } resolution || (resolution.Folder is null && resolution.Files is null)) return null;
        var wanted = inputs.Values.SelectMany(list => list).ToList();
        if (wanted is not [_])
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{(resolution.Files is null ? "A folder resolves" : "Files resolve")} the conflict of one artifact, but {wanted.Count} were requested. Name one.");
        }

        if (resolution.Folder is not { } folder) return null;
        return await new ResolvedFolder(_session, objects).ReadAsync(folder, wanted[0].Tracked.Artifact, cancellationToken).ConfigureAwait(false);
    }
}
