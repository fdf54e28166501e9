using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Deploying;

/// <summary>Deploys artifacts of a collection into projects, and removes them there. Everything that a request asks for happens in one transaction.</summary>
/// <remarks>Thread-safe, and safe for several processes and several homes.</remarks>
public sealed class ArtifactDeployer
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a deployer for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ArtifactDeployer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Copies artifacts into projects. A local edit, or a file without a record, is never overwritten without force.</summary>
    /// <param name="request">The artifacts, projects and profiles.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>An entry for each artifact, project and profile, in the order of the request.</returns>
    /// <exception cref="SkillMeatException">The collection, an artifact, a project or a profile cannot be found. Nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process changes the collection or a project. Nothing was changed.</exception>
    /// <exception cref="StorageException">A project cannot be read or written. Nothing was changed.</exception>
    public Task<IReadOnlyList<DeployedArtifact>> DeployAsync(DeployRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(request, TargetsOf(request, Find(request)), request.Activate, (targets, plan) => plan.AddDeployments(targets), cancellationToken);

    /// <summary>Deploys what a project file names, each for its profiles and in its mode. Only what the file wants to be active or a link is, if the request does so, too; a link stays one.</summary>
    /// <param name="request">The project.</param>
    /// <param name="artifacts">Returns the artifacts. Called again after each plan of the pending additions.</param>
    /// <param name="pending">The artifacts that come into the collection in the same transaction; null for none.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <inheritdoc cref="DeployAsync(DeployRequest, CancellationToken)"/>
    internal Task<IReadOnlyList<DeployedArtifact>> DeployAsync(DeployRequest request, Func<IReadOnlyList<DesiredArtifact>> artifacts, PendingAdditions? pending, CancellationToken cancellationToken)
    {
        return RunAsync(
            request,
            site => artifacts().SelectMany(one => one.Profiles.Select(profile => DesiredTarget(one, Target.Of(one.Id, site, ProfileTable.Parse(profile))))),
            request.Activate,
            (targets, plan) => plan.AddDeployments(targets),
            cancellationToken,
            pending);

        Target DesiredTarget(DesiredArtifact one, Target target) => target with
        {
            Mode = one.Mode == DeployMode.Link && (request.Mode == DeployMode.Link || (target.HasPlace && new FileInfo(target.FullPath).LinkTarget is not null)) ? DeployMode.Link : DeployMode.Copy,
            Activate = request.Activate && one.Activate,
            IsMissing = one.IsMissing,
        };
    }

    /// <summary>Removes copies from projects, with their records. Files that the user added or edited stay, the latter unless forced.</summary>
    /// <param name="request">The artifacts, projects and profiles. The artifacts need not be in the collection any more. Of a group, those are meant that are deployed from its collection.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>An entry for each artifact, project and profile, in the order of the request.</returns>
    /// <inheritdoc cref="DeployAsync(DeployRequest, CancellationToken)"/>
    public Task<IReadOnlyList<DeployedArtifact>> UndeployAsync(DeployRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(request, site => new RecordedTargets(_store, site, SiteFinder.FindNamed(request.Profiles)).Find(request), isActivation: false, (targets, plan) => plan.AddRemovals(targets), cancellationToken);

    private Func<ProjectSite, IEnumerable<Target>> TargetsOf(DeployRequest request, IReadOnlyList<ArtifactId> artifacts)
    {
        var finder = new SiteFinder(_store, _user);
        return site => finder.FindProfiles(request.Profiles, site).SelectMany(profile => artifacts.Select(id => Target.Of(id, site, profile)));
    }

    private List<ArtifactId> Find(DeployRequest request)
    {
        var collection = _store.Read(request.Collection);
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        IEnumerable<Artifact> found = request.All ? collection.Artifacts : request.Artifacts.SelectMany(wanted => collection.FindAll(wanted, type));
        if (request.Group is { } group) found = found.Concat(collection.FindMembers(group));
        var ids = found.Where(artifact => type is null || artifact.Id.Type == type).Select(artifact => artifact.Id).Distinct().ToList();
        return ids.Count > 0 || request.All ? ids : throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"No artifact of the collection '{collection.Name}' matches.");
    }

    private async Task<IReadOnlyList<DeployedArtifact>> RunAsync(
        DeployRequest request, Func<ProjectSite, IEnumerable<Target>> targetsIn, bool isActivation, Action<IReadOnlyList<Target>, DeploymentPlan> add, CancellationToken cancellationToken, PendingAdditions? pending = null)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        var sites = new SiteFinder(_store, _user).Find(request.Projects, request.IncludeUser);
        // Refused before anything is locked.
        var folders = FindFolders(FindTargets(), isActivation, cancellationToken);
        if (request.DryRun) return Plan(FindTargets(), heldLock: null);
        for (var attempt = 1; ; attempt++)
        {
            using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name), .. sites.SelectMany(site => site.LockNames)], folders, request.LockTimeout, cancellationToken).ConfigureAwait(false);
            // Another process can have deployed or removed some before the lock.
            if (await TryAsync(held).ConfigureAwait(false) is { } results) return results;
            if (attempt >= ConcurrentChanges.MaxAttempts) throw new StorageException(ErrorIds.ConcurrentChange, sites[0].Folder, "the deployment records were changed by another program again and again; nothing was changed, try again");
        }

        async Task<IReadOnlyList<DeployedArtifact>?> TryAsync(HomeLock heldLock)
        {
            try
            {
                return ConcurrentChanges.Retry(() => TryPlan(heldLock), cancellationToken);
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing && pending is not null)
            {
                // A cleanup collected what was fetched before anything referred to it. It cannot happen under the lock.
                await pending.FetchAsync(cancellationToken).ConfigureAwait(false);
                return ConcurrentChanges.Retry(() => TryPlan(heldLock), cancellationToken);
            }
        }

        IReadOnlyList<DeployedArtifact>? TryPlan(HomeLock heldLock)
        {
            var targets = FindTargets();
            folders = FindFolders(targets, isActivation, cancellationToken);
            return folders.TrueForAll(heldLock.HasFolder) ? Plan(targets, heldLock) : null;
        }

        IReadOnlyList<DeployedArtifact> Plan(IReadOnlyList<Target> targets, HomeLock? heldLock)
        {
            using var plan = new DeploymentPlan(_store, name, request, pending, cancellationToken);
            add(targets, plan);
            if (heldLock is not null && (targets.Count > 0 || pending?.Change is not null)) plan.Commit(heldLock);
            return plan.Results;
        }

        List<Target> FindTargets()
        {
            pending?.Plan();
            return [.. sites.SelectMany(targetsIn)];
        }
    }

    private List<string> FindFolders(IReadOnlyList<Target> targets, bool isActivation, CancellationToken cancellationToken)
    {
        var outside = new OutsideFolders(_store.Home);
        var placed = targets.Where(target => target.HasPlace).ToList();
        var places = placed.Select(target => target.Site).Distinct().ToDictionary(site => site, site => new RecordedPlaces(_store, site, outside));
        return
        [
            .. placed.SelectMany(target => new[] { target, places[target.Site].Find(target, outside.Find(target.Site, target.FullPath).Path) })
                .SelectMany(target => new[] { outside.Find(target.Site, target.FullPath).Folder, outside.Find(target.Site, target.RecordsPath).Folder })
                .Concat(new SettingsPlan(_store, outside, new ProjectMemory(_store, cancellationToken), cancellationToken).FindFolders(placed, isActivation)).Distinct(StringComparer.Ordinal),
        ];
    }
}
