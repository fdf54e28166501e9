using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Syncing;

/// <summary>
/// Synchronizes deployed artifacts with their collections. Copies, records, collections, lock files and snapshots change in one transaction. An artifact with conflicts is changed on neither side.
/// </summary>
/// <remarks>
/// Thread-safe, and safe for several processes and several homes. The first plan is made without a lock. Before anything is written, the plan is made again under the locks of all collections and
/// projects, from the files as they are then.
/// </remarks>
public sealed class ProjectSyncer
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a syncer for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ProjectSyncer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Plans and applies, or for a dry run only plans.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work and leaves everything as it was. A change that has reached its point of no return is finished.</param>
    /// <returns>The outcomes.</returns>
    /// <exception cref="SkillMeatException">See <see cref="Plan"/> and <see cref="ApplyAsync"/>.</exception>
    public async Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default) =>
        request.DryRun ? Plan(request, cancellationToken).ToResult() : await ApplyAsync(new PlannedSync(request, []), cancellationToken).ConfigureAwait(false);

    /// <summary>Plans a sync. Writes nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="SkillMeatException">
    /// A project, a profile, a group or a named artifact cannot be found, or the records or a collection cannot be read. <see cref="ErrorIds.InvalidArgument"/>: the parts of the request contradict each other.
    /// </exception>
    public PlannedSync Plan(SyncRequest request, CancellationToken cancellationToken = default)
    {
        var choice = SyncChoices.Of(request);
        var targets = FindTargets(request);
        using var scratch = new TemporaryFolder(Path.GetTempPath(), _ => { });
        var objects = new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home);
        return ConcurrentChanges.Retry(
            () =>
            {
                using var plan = new SyncPlan(_store, objects, request with { DryRun = true }, _ => choice, cancellationToken);
                plan.Add(targets);
                return new PlannedSync(request, plan.Entries);
            },
            cancellationToken);
    }

    /// <summary>Applies a plan. It is made again from the files as they are now, so edits since the first plan are merged like all others.</summary>
    /// <param name="planned">The plan of a request that is not a dry run.</param>
    /// <param name="cancellationToken">Stops the work and leaves everything as it was. A change that has reached its point of no return is finished.</param>
    /// <returns>The outcomes.</returns>
    /// <exception cref="SkillMeatException">A project or a collection cannot be read any more.</exception>
    /// <exception cref="LockTimeoutException">Another process changes a collection or a project. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file cannot be read or written, or the snapshot cannot be taken. Nothing was changed.</exception>
    public async Task<SyncResult> ApplyAsync(PlannedSync planned, CancellationToken cancellationToken = default)
    {
        if (planned.Request.DryRun) throw new InvalidOperationException("the plan of a dry run can't be applied");
        SyncChoices.Of(planned.Request);
        for (var attempt = 1; ; attempt++)
        {
            var (collections, folders) = FindLocks(FindTargets(planned.Request));
            // Nothing may be stored without the lock of a collection, and nothing changes without one.
            if (collections.Count == 0) return new SyncResult([.. Plan(planned.Request, cancellationToken).Entries.Select(entry => entry with { DryRun = false })], []);
            SyncResult? result;
            using (var held = await _store.Storage.LockAsync(collections, folders, planned.Request.LockTimeout, cancellationToken).ConfigureAwait(false))
            {
                result = ConcurrentChanges.Retry(() => TryApply(planned, held, cancellationToken), cancellationToken);
            }

            if (result is not null)
            {
                await new ObjectCleanup(_store).CollectIfDueAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }

            // The records name other collections since.
            if (attempt >= ConcurrentChanges.MaxAttempts) throw new StorageException(ErrorIds.ConcurrentChange, _store.Home, "the deployment records were changed by another program again and again; nothing was changed, try again");
        }
    }

    private SyncResult? TryApply(PlannedSync planned, HomeLock held, CancellationToken cancellationToken)
    {
        var targets = FindTargets(planned.Request);
        var (collections, folders) = FindLocks(targets);
        if (!held.Covers(LockName.InOrder(collections)) || !folders.All(held.HasFolder)) return null;
        using var plan = new SyncPlan(_store, _store.Objects, planned.Request, planned.ChoiceFor, cancellationToken);
        plan.Add(targets);
        if (!plan.HasChanges) return new SyncResult([.. plan.Entries], []);
        var (snapshotIds, warnings) = new CollectionChanger(_store).Commit(held, plan.MakeCollectionChanges(_store.Time.GetUtcNow()), cancellationToken, plan.AddProjectsTo);
        var entries = plan.Entries.Select(entry => entry.Status is SyncStatus.Pushed or SyncStatus.Merged or SyncStatus.Forked ? entry with { SnapshotId = snapshotIds.GetValueOrDefault(entry.Collection) } : entry);
        return new SyncResult([.. entries], TextValues.Of(warnings));
    }

    private IReadOnlyList<SyncTarget> FindTargets(SyncRequest request)
    {
        var targets = new SyncTargetFinder(_store, request).Find(new SiteFinder(_store, _user));
        if (request.ResolveWith?.Folder is not null && targets.Count != 1)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"A folder resolves the conflict of one artifact, but {targets.Count} were requested. Name one.");
        }

        return targets;
    }

    private (IReadOnlyList<string> Collections, IReadOnlyList<string> Folders) FindLocks(IReadOnlyList<SyncTarget> targets)
    {
        targets = [.. targets.Where(target => target.Problem is null)];
        var collections = targets.Select(target => target.Record.Collection).Distinct(StringComparer.Ordinal).Where(name => SyncPlan.Exists(_store, name)).Select(CollectionStore.LockNameOf).ToList();
        var shared = collections.Count > 0 ? targets.SelectMany(target => target.Site.LockNames).Distinct(StringComparer.Ordinal) : [];
        var outside = new OutsideFolders(_store.Home);
        return ([.. collections, .. shared], [.. targets.SelectMany(target => FindFolders(target, outside)).Distinct(StringComparer.Ordinal)]);
    }

    // A copy that a link leads out of the project is reported by the plan.
    private static IEnumerable<string> FindFolders(SyncTarget target, OutsideFolders outside)
    {
        yield return outside.Find(target.Site, target.RecordsPath).Folder;
        yield return target.Site.User is null ? target.Site.Folder : outside.Find(target.Site, target.FullPath).Folder;
    }
}
