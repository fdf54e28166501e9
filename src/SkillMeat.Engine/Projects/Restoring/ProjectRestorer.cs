using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Restoring;

/// <summary>Lists and writes back the contents that forced deployments, forced removals and syncs replaced in projects.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ProjectRestorer
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a restorer for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ProjectRestorer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Lists what is kept, newest first. Writes nothing.</summary>
    /// <param name="request">The projects and artifacts.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The contents, by project.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: a project does not exist. Or what is kept cannot be read.</exception>
    public IReadOnlyList<ReplacedCopy> List(RestoreCopiesRequest request, CancellationToken cancellationToken = default)
    {
        var memory = new ProjectMemory(_store, cancellationToken);
        return [.. Sites(request).SelectMany(site => Find(site, memory.Read(site).List, request).Select(kept => RestoreSteps.Describe(site, kept, ReplacedCopyStatus.Kept, reason: null, request.DryRun)))];
    }

    /// <summary>Writes contents back, of each copy what was replaced last or at the given time, in one transaction. What they replace is kept in turn. Records stay as they are.</summary>
    /// <param name="request">The projects and artifacts.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The outcome for each copy.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: a project does not exist. <see cref="ErrorIds.ArtifactNotFound"/>: nothing of a named artifact is kept.</exception>
    /// <exception cref="LockTimeoutException">Another process changes a project. Nothing was changed.</exception>
    /// <exception cref="StorageException">A project cannot be read or written. Nothing was changed.</exception>
    public async Task<IReadOnlyList<ReplacedCopy>> RestoreAsync(RestoreCopiesRequest request, CancellationToken cancellationToken = default)
    {
        var sites = Sites(request);
        if (request.DryRun) return Plan(heldLock: null)!;
        for (var attempt = 1; ; attempt++)
        {
            var folders = FindFolders(sites, request, cancellationToken);
            // The lock of the collection keeps a cleanup from the stored contents.
            using var held = await _store.Storage.LockAsync(
                [CollectionStore.LockNameOf(_store.ActiveCollection), .. sites.SelectMany(site => site.LockNames)], folders, request.LockTimeout, cancellationToken).ConfigureAwait(false);
            if (ConcurrentChanges.Retry(() => Plan(held), cancellationToken) is { } results) return results;
            if (attempt < ConcurrentChanges.MaxAttempts) continue;
            throw new StorageException(ErrorIds.ConcurrentChange, sites[0].Folder, "the kept contents were changed by another program again and again; nothing was changed, try again");
        }

        IReadOnlyList<ReplacedCopy>? Plan(HomeLock? heldLock)
        {
            if (heldLock is not null && !FindFolders(sites, request, cancellationToken).All(heldLock.HasFolder)) return null;
            using var steps = new RestoreSteps(_store, request, cancellationToken);
            var found = sites.Select(site => (Site: site, Kept: Newest(Find(site, steps.Changes.KeptOf(site), request)).ToList())).ToList();
            CheckNamed(found.SelectMany(one => one.Kept), request);
            foreach (var (site, kept) in found) steps.Add(site, kept);
            if (heldLock is not null) steps.Commit(heldLock);
            return steps.Results;
        }
    }

    private IReadOnlyList<ProjectSite> Sites(RestoreCopiesRequest request) => new SiteFinder(_store, _user).Find(request.Projects, request.IncludeUser);

    private List<string> FindFolders(IReadOnlyList<ProjectSite> sites, RestoreCopiesRequest request, CancellationToken cancellationToken)
    {
        var (memory, outside) = (new ProjectMemory(_store, cancellationToken), new OutsideFolders(_store.Home));
        return [.. sites.SelectMany(site => Newest(Find(site, memory.Read(site).List, request)).Select(kept => outside.Find(site, kept.Path).Folder)).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<KeptContent> Find(ProjectSite site, KeptContentList list, RestoreCopiesRequest request) => list.All
        .Where(one => one.ReplacedAt is not null && IsPlaceOf(site, one.Path) && (request.Names.Count == 0 || request.Names.Any(name => name.Matches(one.Artifact))))
        .Where(one => request.Paths.Count == 0 || request.Paths.Contains(one.Path, PathEquality.Comparer))
        .Where(one => request.ReplacedAt is not { } at || one.ReplacedAt == at || (at.Ticks % TimeSpan.TicksPerSecond == 0 && ToSecond(at) == ToSecond(one.ReplacedAt!.Value)))
        .OrderByDescending(one => one.ReplacedAt);

    // A path elsewhere was written by nobody of us. The folders of a user need not be in the home folder.
    private static bool IsPlaceOf(ProjectSite site, string path) => PathEquality.IsIn(site.Folder, path) || (site.User is not null && site.CandidateRoots().Any(root => PathEquality.IsIn(site.FullPath(root), path)));

    private static IEnumerable<KeptContent> Newest(IEnumerable<KeptContent> kept) => kept.DistinctBy(one => one.Path, PathEquality.Comparer);

    private static long ToSecond(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static void CheckNamed(IEnumerable<KeptContent> found, RestoreCopiesRequest request)
    {
        var ids = found.Select(one => one.Artifact).ToHashSet();
        if (request.Names.FirstOrDefault(name => name.IsLiteral && !ids.Any(name.Matches)) is not { } unknown) return;
        var places = request.Projects.Select(project => $"'{project}'").Concat(request.IncludeUser ? ["the user's own folders"] : []);
        throw new DeploymentNotFoundException($"Nothing that was replaced of '{unknown.Text}' is kept for {string.Join(", ", places)}.");
    }
}
