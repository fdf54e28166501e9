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
    /// <summary>Finds the artifacts that a request names.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: one that is named is not deployed. Or the records cannot be read.</exception>
    public IReadOnlyList<Target> Find(DeployRequest request)
    {
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        var all = new ProjectRecords(site, store.Storage, new LocalTime(store.Time.LocalTimeZone)).ReadAll();
        var records = all
            .Where(one => profiles is null || profiles.Any(profile => profile.IsNamed(one.Record.Profile)))
            .Where(one => (type is null || one.Record.Artifact.Type == type) && (request.Collection is null || one.Record.Collection == request.Collection))
            .ToList();
        // A merge of git can leave a record twice.
        if (request.All) return [.. records.Select(ToTarget).Distinct()];
        return [.. request.Artifacts.SelectMany(wanted => Find(wanted, records, all)).Distinct()];
    }

    private List<Target> Find(string wanted, List<(string Root, DeploymentRecord Record)> records, IReadOnlyList<(string Root, DeploymentRecord Record)> all)
    {
        var pattern = NamePattern.Simple(wanted);
        var exact = records.FindAll(one => one.Record.Artifact.Name == wanted || one.Record.Artifact.ToString() == wanted);
        var found = exact.Count > 0 ? exact : records.FindAll(one => pattern.Matches(one.Record.Artifact));
        if (found.Count == 0 && pattern.IsLiteral) throw NotDeployed(wanted, records, all);
        return found.ConvertAll(ToTarget);
    }

    private DeploymentNotFoundException NotDeployed(string wanted, List<(string Root, DeploymentRecord Record)> records, IReadOnlyList<(string Root, DeploymentRecord Record)> all)
    {
        var problem = $"'{wanted}' is not deployed in '{site.Folder}'{(profiles is null ? "" : $" for {string.Join(", ", profiles.Select(profile => profile.Id))}")}.";
        var others = all.Where(one => one.Record.Artifact.Name == wanted || one.Record.Artifact.ToString() == wanted).Select(one => one.Record.Profile).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count > 0) return new DeploymentNotFoundException($"{problem} It is for {string.Join(", ", others)}.");
        var near = NearestName.Find(wanted, records.Select(one => one.Record.Artifact.Name));
        return new DeploymentNotFoundException(near is null ? problem : $"{problem} Did you mean '{near}'?");
    }

    private Target ToTarget((string Root, DeploymentRecord Record) one) => new(one.Record.Artifact, site, one.Record.Profile, one.Root, one.Record.Path) { Collection = one.Record.Collection };
}
