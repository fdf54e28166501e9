using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>Reads what is deployed from the deployment records alone.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DeploymentReader
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a reader.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public DeploymentReader(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Reads the deployments of a project, or of the user's own folders.</summary>
    /// <param name="project">The path of a project, or the name of a registered one; null for the user's own folders.</param>
    /// <param name="profiles">The profiles, by id or alias; empty, or <c>*</c> among them, for all.</param>
    /// <returns>The deployments, in the order of the records.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no such project. <see cref="ErrorIds.InvalidArgument"/>: a profile is unknown.</exception>
    /// <exception cref="DataFileException">The records cannot be read.</exception>
    public IReadOnlyList<Deployment> Read(string? project, IReadOnlyList<string> profiles)
    {
        var wanted = profiles.Count == 0 || profiles.Contains("*") ? [] : profiles.Select(ProfileTable.Parse).ToList();
        var site = new SiteFinder(_store, _user).Find(project is null ? [] : [project], includeUser: project is null)[0];
        var (records, bad) = new ProjectRecords(site, _store).ReadWithBad();
        // One that cannot be read is listed as well, so that it is not taken for one that is not deployed.
        return [.. records.Select(one => (one.Record.Artifact, one.Record.Collection, one.Record.Profile)).Concat(bad.Select(one => (one.Record.Artifact, one.Record.Collection, one.Record.Profile)))
            .Where(one => wanted.Count == 0 || wanted.Exists(profile => profile.IsNamed(one.Profile))).Select(one => new Deployment(one.Artifact)
            {
                Collection = one.Collection is { Length: > 0 } collection ? collection : null,
                Project = site.Folder,
                Profile = one.Profile,
            })];
    }
}
