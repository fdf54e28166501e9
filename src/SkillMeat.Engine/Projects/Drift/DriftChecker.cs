using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage;

namespace SkillMeat.Projects.Drift;

/// <summary>Compares the copies of artifacts in projects with what was deployed and with the collection. Changes nothing in projects and collections, except for <see cref="RecordAsync"/>.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DriftChecker
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a checker for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public DriftChecker(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Compares the copies in projects.</summary>
    /// <param name="request">The projects and artifacts.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>The artifacts, and the errors of projects that could not be compared.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: a named project does not exist. <see cref="ErrorIds.InvalidArgument"/>: a type or profile is unknown. <see cref="ErrorIds.EntryNotFound"/>: the collection has no
    /// such group.
    /// </exception>
    public DriftReport Check(DriftRequest request, CancellationToken cancellationToken = default) => _store.Storage.ReadAsOne(() =>
    {
        var (sites, problems) = FindSites(request);
        return Check(sites, problems, request, cancellationToken);
    });

    /// <summary>Compares the copies in projects whose folders exist, or in the user's own folders.</summary>
    /// <inheritdoc cref="Check(DriftRequest, CancellationToken)"/>
    internal DriftReport Check(IReadOnlyList<ProjectSite> sites, DriftRequest request, CancellationToken cancellationToken) =>
        _store.Storage.ReadAsOne(() => Check(sites, new Dictionary<string, SkillMeatException>(StringComparer.Ordinal), request, cancellationToken));

    private DriftReport Check(IReadOnlyList<ProjectSite> sites, Dictionary<string, SkillMeatException> problems, DriftRequest request, CancellationToken cancellationToken)
    {
        var filter = DriftFilter.Of(request, _store);
        var hashes = ContentHashCache.Read(_store.Objects);
        var contents = new CollectionContents(_store, request.IsFull, cancellationToken);
        var memory = new ProjectMemory(_store, cancellationToken);
        var found = new IReadOnlyList<ArtifactDrift>[sites.Count];
        var failed = new SkillMeatException?[sites.Count];
        ParallelItems.ForEach(
            sites.Count,
            index =>
            {
                found[index] = [];
                try
                {
                    var site = new SiteDrift(_store, sites[index], contents, hashes, memory, request.IsFull, cancellationToken);
                    found[index] = site.Check(filter);
                    if (site.Bad.Count > 0) failed[index] = BadRecord.Join(site.Bad);
                }
                catch (SkillMeatException e) when (e is DataFileException or StorageException || e.ErrorId == ErrorIds.InvalidArgument)
                {
                    failed[index] = e;
                }
            },
            cancellationToken);
        hashes.TryWrite();
        for (var index = 0; index < sites.Count; index++)
        {
            if (failed[index] is { } error) problems[sites[index].Folder] = error;
        }

        return new DriftReport([.. found.SelectMany(drifts => drifts).Where(drift => request.IncludeInSync || drift.State != DriftState.InSync)], problems);
    }

    /// <summary>Stores in the deployment records when a modification was first seen, and removes the time where the copy is again as it was deployed. Nothing else of the records changes.</summary>
    /// <param name="report">The result of a comparison. Only the artifacts in it are considered, so it should include those in sync.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process, for each project.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The same result with these times, and the errors of projects whose records could not be written.</returns>
    public Task<DriftReport> RecordAsync(DriftReport report, TimeSpan lockTimeout, CancellationToken cancellationToken = default) =>
        new FirstDetections(_store, _user, lockTimeout).RecordAsync(report, cancellationToken);

    private (List<ProjectSite> Sites, Dictionary<string, SkillMeatException> Problems) FindSites(DriftRequest request)
    {
        var problems = new Dictionary<string, SkillMeatException>(StringComparer.Ordinal);
        var list = new ProjectRegistry(_store).ReadList();
        var folders = request.Projects.Select(wanted => Directory.Exists(wanted) || File.Exists(wanted) ? ProjectFolder.Find(wanted, _store.Home, _user) : ProjectRegistry.FindRegistered(list, wanted).Path).ToList();
        if (request.AllProjects) folders.AddRange(list.All.Select(project => project.Path));
        var sites = new List<ProjectSite>();
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
        {
            // Registered by an earlier version.
            if (_user.AreIn(folder)) problems[folder] = ProjectFolder.IsOfUser(folder);
            else if (Directory.Exists(folder)) sites.Add(new ProjectSite(folder));
            else problems[folder] = ProjectRegistry.Missing(folder);
        }

        if (request.IncludeUser) sites.Add(new ProjectSite(_user.UserFolder, _user));
        return (sites, problems);
    }
}
