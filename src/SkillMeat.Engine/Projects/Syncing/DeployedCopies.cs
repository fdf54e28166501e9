using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Projects.Syncing;

/// <summary>The single copies that a request names.</summary>
internal sealed class DeployedCopies
{
    private readonly Dictionary<string, ProjectSite> _sites = new(StringComparer.Ordinal);
    private readonly ILookup<(ProjectSite Site, ArtifactId Artifact), string?> _copies;
    private readonly ProjectSite? _user;

    /// <summary>Finds the projects of the copies.</summary>
    /// <param name="finder">Finds projects.</param>
    /// <param name="copies">The copies.</param>
    /// <exception cref="Errors.SkillMeatException">A project cannot be found, or an artifact is not valid.</exception>
    public DeployedCopies(SiteFinder finder, IReadOnlyList<DeployedCopy> copies)
    {
        if (copies.Any(copy => copy.Project is null)) _user = finder.Find([], includeUser: true)[0];
        foreach (var project in copies.Select(copy => copy.Project).OfType<string>().Distinct(StringComparer.Ordinal)) _sites[project] = finder.Find([project], includeUser: false)[0];
        _copies = copies.ToLookup(
            copy => (copy.Project is { } project ? _sites[project] : _user!, ArtifactId.Parse(copy.ArtifactId)),
            copy => copy.Profile);
    }

    /// <summary>The projects, and the user's own folders where they are named.</summary>
    public IEnumerable<ProjectSite> Sites => _user is null ? _sites.Values : _sites.Values.Append(_user);

    /// <summary>Whether a deployment is one of the copies.</summary>
    public bool Include(SyncTarget target) => _copies[(target.Site, target.Artifact)].Any(profile => string.IsNullOrEmpty(profile) || IsNamed(target.Record.Profile, profile));

    // Records can name profiles that are not known.
    private static bool IsNamed(string recorded, string wanted) => recorded == wanted || ProfileTable.Find(wanted)?.IsNamed(recorded) == true;
}
