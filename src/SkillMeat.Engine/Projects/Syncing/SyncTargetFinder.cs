using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Syncing;

/// <summary>Finds the deployments that a request names, by the records of the projects.</summary>
internal sealed class SyncTargetFinder(CollectionStore store, SyncRequest request)
{
    /// <summary>Finds the deployments in the projects of the request.</summary>
    /// <exception cref="SkillMeatException">See <see cref="SiteFinder.Find"/> and <see cref="Find(IReadOnlyList{ProjectSite})"/>.</exception>
    public IReadOnlyList<SyncTarget> Find(SiteFinder finder)
    {
        if (request.Copies.Count == 0) return Find(finder.Find(request.Projects, request.IncludeUser));
        var whole = request.Projects.Count > 0 || request.IncludeUser ? finder.Find(request.Projects, request.IncludeUser) : [];
        var copies = new DeployedCopies(finder, request.Copies);
        return [.. Find([.. whole.Union(copies.Sites)]).Where(target => whole.Contains(target.Site) || copies.Include(target))];
    }

    /// <summary>Reads the records of projects.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: one that is named is not deployed. <see cref="ErrorIds.EntryNotFound"/>: the collection has no such group. Or the records cannot be read.</exception>
    public IReadOnlyList<SyncTarget> Find(IReadOnlyList<ProjectSite> sites)
    {
        var filter = new DriftFilter([.. request.Types.Select(ArtifactType.Parse)], request.Names, [.. request.Profiles.Where(profile => profile != "*").Select(ProfileTable.Parse)])
        {
            Scope = DeploymentScope.Of(store, request.Collection, request.Group),
        };
        var all = sites.SelectMany(ReadAll).ToList();
        if (request.Names.FirstOrDefault(name => name.IsLiteral && !all.Exists(target => name.Matches(target.Artifact))) is { } unknown)
        {
            var near = NearestName.Find(unknown.Text, all.Select(target => target.Artifact.Name));
            throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{unknown.Text}' is not deployed in {string.Join(", ", sites.Select(site => $"'{site.Folder}'"))}.{(near is null ? "" : $" Did you mean '{near}'?")}");
        }

        return all.FindAll(target => Includes(filter, target));
    }

    private static bool Includes(DriftFilter filter, SyncTarget target) => target.Problem is null
        ? filter.Includes(target.Artifact, target.Record.Profile, target.Record.Collection)
        : filter.Includes(target.Artifact) && filter.IncludesProfile(target.Record.Profile) && (filter.Scope is null || filter.Scope.IncludesArtifact(target.Artifact));

    private IEnumerable<SyncTarget> ReadAll(ProjectSite site)
    {
        var (records, bad) = new ProjectRecords(site, store).ReadWithBad();
        return records.Select(one => new SyncTarget(site, one.Root, one.Record)).Concat(bad.Select(one => Of(site, one.Root, one.Record)));
    }

    private static SyncTarget Of(ProjectSite site, string root, BadRecord bad)
    {
        var record = new DeploymentRecord { Artifact = bad.Artifact, Collection = bad.Collection, Path = DeploymentFile.Name, ContentHash = "", Profile = bad.Profile };
        return new SyncTarget(site, root, record) { Problem = bad.Error };
    }
}
