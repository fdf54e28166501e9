using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>Finds deployed artifacts by the records of a project, wherever the record says that they lie.</summary>
/// <param name="store">The home.</param>
/// <param name="site">The project.</param>
/// <param name="profiles">The profiles; null for all that have records.</param>
internal sealed class RecordedTargets(CollectionStore store, ProjectSite site, IReadOnlyList<Profile>? profiles)
{
    /// <summary>Finds the artifacts that a request names. Members of a group that are not deployed are left out.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: one that is named is not deployed. Or the records cannot be read.</exception>
    public IReadOnlyList<Target> Find(DeployRequest request)
    {
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        var (readable, bad) = new ProjectRecords(site, store).ReadWithBad();
        var all = readable.Select(ToTarget).Concat(bad.Select(ToTarget)).ToList();
        var records = all.FindAll(one => (profiles is null || profiles.Any(profile => profile.IsNamed(one.Profile)))
            && (type is null || one.Artifact.Type == type) && (request.Collection is null || one.Collection == request.Collection || one.Problem is not null));
        // A merge of git can leave a record twice.
        if (request.All) return [.. records.Distinct()];
        var members = DeploymentScope.Of(store, request.Collection, request.Group) is { } scope && request.Group is not null
            ? records.Where(one => one.Problem is null ? scope.Includes(one.Artifact, one.Collection) : scope.IncludesArtifact(one.Artifact))
            : [];
        return [.. request.Artifacts.SelectMany(wanted => Find(wanted, records, all)).Concat(members).Distinct()];
    }

    private List<Target> Find(string wanted, List<Target> records, List<Target> all)
    {
        var pattern = NamePattern.Simple(wanted);
        var exact = records.FindAll(one => one.Artifact.Name == wanted || one.Artifact.ToString() == wanted);
        var found = exact.Count > 0 ? exact : records.FindAll(one => pattern.Matches(one.Artifact));
        if (found.Count == 0 && pattern.IsLiteral) throw NotDeployed(wanted, records, all);
        return found;
    }

    private DeploymentNotFoundException NotDeployed(string wanted, List<Target> records, List<Target> all)
    {
        var problem = $"'{wanted}' is not deployed in '{site.Folder}'{(profiles is null ? "" : $" for {string.Join(", ", profiles.Select(profile => profile.Id))}")}.";
        var others = all.Where(one => one.Artifact.Name == wanted || one.Artifact.ToString() == wanted).Select(one => one.Profile).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count > 0) return new DeploymentNotFoundException($"{problem} It is for {string.Join(", ", others)}.");
        var near = NearestName.Find(wanted, records.Select(one => one.Artifact.Name));
        return new DeploymentNotFoundException(near is null ? problem : $"{problem} Did you mean '{near}'?");
    }

    private Target ToTarget((string Root, DeploymentRecord Record) one) => new(one.Record.Artifact, site, one.Record.Profile, one.Root, one.Record.Path) { Collection = one.Record.Collection };

    // Without a path: nothing there is touched.
    private Target ToTarget((string Root, BadRecord Record) one) => new(one.Record.Artifact, site, one.Record.Profile, Root: "", Path: "") { Collection = one.Record.Collection, Problem = one.Record.Error };
}
