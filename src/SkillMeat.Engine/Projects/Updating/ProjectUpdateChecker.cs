using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Syncing;
using SkillMeat.Refresh;
using SkillMeat.Storage.Files;
using SkillMeat.Updates;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Updating;

/// <summary>
/// Checks artifacts for updates, and what these would meet: local edits in the collection and in projects. Edits are merged as an update and a sync would do it, in a temporary folder. Changes nothing.
/// </summary>
/// <remarks>Thread-safe, also across processes.</remarks>
public sealed class ProjectUpdateChecker
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;
    private readonly AgentFolders _user;

    /// <summary>Creates a checker for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">The connection to upstream.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ProjectUpdateChecker(CollectionStore store, UpstreamSession session, Func<string, string?>? environment = null)
    {
        _store = store;
        _session = session;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Checks the artifacts of a collection.</summary>
    /// <param name="request">The artifacts and the projects.</param>
    /// <param name="listener">Receives the progress, and each result when all are known; null for none.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>A result for each artifact.</returns>
    /// <exception cref="SkillMeatException">The collection, a project or a profile cannot be found, or a collection or the records of a project cannot be read.</exception>
    public async Task<UpdateCheckResult> CheckAsync(ProjectCheckRequest request, CheckListener? listener = null, CancellationToken cancellationToken = default)
    {
        var started = _store.Time.GetTimestamp();
        var targets = FindTargets(request);
        var silent = CheckListener.Silent with { Progressed = listener?.Progressed ?? CheckListener.Silent.Progressed };
        var result = await new CollectionRefresher(_store, _session).CheckAsync(request.Refresh, silent, cancellationToken).ConfigureAwait(false);
        var checks = await WithCopiesAsync(result, targets.ToLookup(target => target.Artifact), cancellationToken).ConfigureAwait(false);
        foreach (var check in checks) listener?.Checked(check);
        return result with { Checks = checks, Duration = _store.Time.GetElapsedTime(started) };
    }

    private IReadOnlyList<SyncTarget> FindTargets(ProjectCheckRequest request)
    {
        var wanted = new SyncRequest
        {
            Projects = request.Projects,
            IncludeUser = request.IncludeUser,
            Profiles = request.Profiles,
            Collection = request.Refresh.Collection ?? _store.ActiveCollection,
        };
        return new SyncTargetFinder(_store, wanted).Find(new SiteFinder(_store, _user));
    }

    private async Task<IReadOnlyList<ArtifactCheck>> WithCopiesAsync(UpdateCheckResult result, ILookup<ArtifactId, SyncTarget> targets, CancellationToken cancellationToken)
    {
        using var scratch = new TemporaryFolder(Path.GetTempPath(), _session.Report);
        var objects = new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home);
        using var copies = new CopyChecker(_store, objects, result.Collection, cancellationToken);
        // Contents are fetched only where there are edits.
        var edited = result.Checks.Where(check => check.UpdateAvailable && (check.Drift != UpdateRisk.SafeUpdate || targets[check.Id].Any(copies.IsEdited))).ToList();
        var updates = edited.Count == 0 ? new Dictionary<ArtifactId, ArtifactUpdate>() : await PlanAsync(result.Collection, edited, objects, copies, cancellationToken).ConfigureAwait(false);
        return [.. result.Checks.Select(check => Conclude(check, updates.GetValueOrDefault(check.Id), [.. targets[check.Id].Select(target => copies.Check(target, check, updates.GetValueOrDefault(check.Id)))]))];
    }

    /// <summary>Plans the update of artifacts, with the checks that were made.</summary>
    private async Task<Dictionary<ArtifactId, ArtifactUpdate>> PlanAsync(
        string name, IReadOnlyList<ArtifactCheck> checks, ObjectStore objects, CopyChecker copies, CancellationToken cancellationToken)
    {
        // The objects are in a temporary folder, so there is no snapshot.
        var request = new UpdateRequest { Collections = [name], Filter = ArtifactFilter.Everything.Among([.. checks.Select(check => check.Id)]), SkipSnapshot = true };
        var collection = _store.Read(name);
        var gatherer = new UpdateGatherer(_store, _session, objects, request) { Known = new Dictionary<string, IReadOnlyList<ArtifactCheck>> { [name] = checks } };
        var inputs = (await gatherer.GatherAsync([collection], CheckListener.Silent, cancellationToken).ConfigureAwait(false))[name];
        copies.Fetched = inputs.Where(input => input.Upstream is not null).ToDictionary(input => input.Tracked.Artifact.Id, input => input.Upstream!);
        var planner = new CollectionUpdatePlanner(name, objects, request, _ => UpdateStrategy.Merge, cancellationToken);
        var planned = planner.Plan(inputs, _store.ReadFiles(name), objects.Store(collection.Folder, _store.Time, cancellationToken).Scan.Id, resolved: null);
        return planned?.Artifacts.ToDictionary(update => update.Entry.Id)
            ?? throw new StorageException(ErrorIds.ConcurrentChange, collection.Folder, "the collection was changed by another program during the check; try again");
    }

    private static ArtifactCheck Conclude(ArtifactCheck check, ArtifactUpdate? update, IReadOnlyList<CheckedCopy> copies)
    {
        if (!check.UpdateAvailable) return check with { Copies = [.. copies] };
        var ofCollection = update is null ? check.Drift : RiskOf(check, update.Entry);
        var reason = update is { Entry.Status: UpdateStatus.Conflict or UpdateStatus.Error } ? update.Entry.Reason : null;
        return check with
        {
            Drift = copies.Select(copy => copy.Drift).Append(ofCollection).Max(),
            Reason = reason is null ? check.Reason : check.Reason is null || reason.StartsWith(check.Reason, StringComparison.Ordinal) ? reason : $"{check.Reason} {reason}",
            ErrorId = update?.Entry.ErrorId ?? check.ErrorId,
            Copies = [.. copies],
        };
    }

    private static UpdateRisk RiskOf(ArtifactCheck check, UpdateEntry entry) => entry.Status switch
    {
        UpdateStatus.Conflict when entry.Conflicts.All(conflict => conflict.Kind == Merging.ConflictKind.UnknownBase) => UpdateRisk.ReviewRequired,
        UpdateStatus.Conflict => UpdateRisk.Conflict,
        UpdateStatus.Error => UpdateRisk.ReviewRequired,
        // Edits that upstream has, too, or that concern files of its own.
        _ => check.Drift == UpdateRisk.SafeUpdate ? UpdateRisk.SafeUpdate : UpdateRisk.ReviewRequired,
    };
}
