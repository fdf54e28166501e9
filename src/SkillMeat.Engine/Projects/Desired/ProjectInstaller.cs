using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Desired;

/// <summary>
/// Brings projects to the state of their files <c>skillmeat.toml</c>: adds what the collection lacks and deploys all, in one transaction. Nothing that a file does not name is changed, and no edit is overwritten.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ProjectInstaller
{
    private readonly CollectionStore _store;
    private readonly Func<string, string?> _environment;
    private readonly AgentFolders _user;

    /// <summary>Creates an installer for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders and the GitHub server; null for the variables of this process.</param>
    public ProjectInstaller(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _user = AgentFolders.OfUser(_environment);
    }

    /// <summary>Whether a project has such a file. It is read, so that an invalid one is known before anything is changed.</summary>
    /// <param name="project">The path of its folder, or the name of a registered one.</param>
    /// <returns>True if there is one.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no such project.</exception>
    /// <exception cref="DataFileException">The file is invalid.</exception>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public bool HasFile(string project) => DesiredFile.Find(FindSite(project)) is not null;

    /// <summary>Brings a project to the state of its file, or for a dry run only reports it.</summary>
    /// <param name="request">The project.</param>
    /// <param name="session">The connection to upstream; null to add nothing to the collection.</param>
    /// <param name="cancellationToken">Cancels the work. A change that has reached its point of no return is finished.</param>
    /// <returns>An entry for each artifact and profile of the file, then one for each other deployed artifact, which stays.</returns>
    /// <exception cref="SkillMeatException">
    /// The project or the collection cannot be found, or the file or the records cannot be read. <see cref="ErrorIds.InvalidArgument"/>: the project has no such file. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process changes the collection or the project. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file cannot be read or written. Nothing was changed.</exception>
    public async Task<IReadOnlyList<DeployedArtifact>> InstallAsync(ProjectInstallRequest request, UpstreamSession? session, CancellationToken cancellationToken = default)
    {
        var site = FindSite(request.Project);
        var file = DesiredFile.Find(site) ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"The project '{site.Folder}' has no {DesiredFile.Name}. 'skm project export' and Export-SkmProject write one.");
        var collection = _store.Read(request.Collection);
        var plan = new InstallPlan(site, collection.Name, request, new CollectionState(collection, site, _environment));
        foreach (var desired in file.All.Where(one => !request.Except.Contains(one.Id.ToString()))) plan.Add(desired, session is not null);
        var additions = plan.Additions.Count > 0 && !request.DryRun ? await FetchAsync(plan, site, request, session!, cancellationToken).ConfigureAwait(false) : null;
        var deployed = plan.Deployments.Count == 0 && additions is null ? [] : await DeployAsync(plan, additions, site, request, collection.Name, cancellationToken).ConfigureAwait(false);
        return [.. plan.Conclude(file.All, deployed), .. FindOthers(site, file, request)];
    }

    private ProjectSite FindSite(string project) => new SiteFinder(_store, _user).Find([project], includeUser: false)[0];

    private async Task<PendingAdditions> FetchAsync(InstallPlan plan, ProjectSite site, ProjectInstallRequest request, UpstreamSession session, CancellationToken cancellationToken)
    {
        var additions = await new ArtifactAdder(_store, session).FetchAsync(
            new AddRequest { Artifacts = [.. plan.Additions.Select(one => one.Addition)], KeepGoing = true, Collection = request.Collection, BaseFolder = site.Folder },
            cancellationToken).ConfigureAwait(false);
        session.SaveCaches();
        return additions;
    }

    private Task<IReadOnlyList<DeployedArtifact>> DeployAsync(InstallPlan plan, PendingAdditions? additions, ProjectSite site, ProjectInstallRequest request, string collection, CancellationToken cancellationToken) =>
        new ArtifactDeployer(_store, _environment).DeployAsync(
            new DeployRequest
            {
                Collection = collection,
                Projects = [site.Folder],
                Activate = request.Activate,
                Mode = request.UseLinks ? DeployMode.Link : DeployMode.Copy,
                Force = request.Force,
                DryRun = request.DryRun,
                LockTimeout = request.LockTimeout,
            },
            () =>
            {
                plan.KeepOnlyNamed(new CollectionState(_store.Read(collection), site, _environment));
                if (additions is not null) plan.Added(additions.Entries);
                return plan.Deployments;
            },
            additions,
            cancellationToken);

    private IEnumerable<DeployedArtifact> FindOthers(ProjectSite site, DesiredFile file, ProjectInstallRequest request)
    {
        var named = file.All.SelectMany(one => one.Profiles.Select(profile => (one.Id, profile))).ToHashSet();
        return new ProjectRecords(site, _store).ReadAll().Where(one => !named.Contains(one.Record.Key)).Select(one => new DeployedArtifact(one.Record.Artifact)
        {
            Collection = one.Record.Collection,
            Project = site.Folder,
            Profile = one.Record.Profile,
            Path = site.FullPath(one.Root, one.Record.Path),
            Status = DeployStatus.Skipped,
            Reason = $"{DesiredFile.Name} does not name it; it stays.",
            DryRun = request.DryRun,
        });
    }
}
