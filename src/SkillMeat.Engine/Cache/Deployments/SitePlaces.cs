using System.Globalization;
using SkillMeat.Cache.Places;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Projects;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Deployments;

/// <summary>Finds everything in the file system on which the drift of a project depends, except for the collections.</summary>
internal sealed class SitePlaces(CollectionStore store)
{
    // Raise it when the rules by which deployments are found, or the form of the rows, change.
    private const int Version = 2;

    /// <summary>Returns a number for the rules by which the deployments of a project are found: the folders of all agents, and the version of the program.</summary>
    public static long RulesOf(ProjectSite site) =>
        Database.RowSum.Of([Version.ToString(CultureInfo.InvariantCulture), .. site.CandidateRoots(), .. PlacesOf(site).Select(place => $"{place.Root}/{place.Container}")]);

    /// <summary>Lists the places.</summary>
    /// <param name="site">The project.</param>
    /// <param name="drifts">The drift, which was worked out before.</param>
    /// <param name="before">The time before that.</param>
    /// <returns>The paths, and the hash of their stamps, which is empty if it cannot be relied on.</returns>
    /// <exception cref="StorageException">Something cannot be read.</exception>
    public (byte[] Places, byte[] Stamps) Find(ProjectSite site, IReadOnlyList<ArtifactDrift> drifts, long before)
    {
        using var walk = new PlaceWalk(site.Folder, before);
        foreach (var root in site.CandidateRoots()) walk.Add(Join(root, DeploymentFile.Name));
        foreach (var place in PlacesOf(site)) walk.AddTree(Join(place.Root, place.Container));
        foreach (var folder in drifts.Select(drift => Path.GetDirectoryName(drift.Path)!).Distinct(StringComparer.Ordinal)) walk.AddTree(site.User is null ? Slashed(Path.GetRelativePath(site.Folder, folder)) : Slashed(folder));
        var isSteady = AddSettings(walk, site, drifts);
        var links = drifts.Where(drift => drift.IsLink && LeadsStraight(drift)).Select(drift => site.User is null ? Slashed(Path.GetRelativePath(site.Folder, drift.Path)) : Slashed(drift.Path)).ToHashSet(PathEquality.Comparer);
        // The content hash follows links, and so do folders.
        isSteady &= walk.IsSteady && walk.Links.TrueForAll(links.Contains);
        return isSteady ? (walk.Places, walk.Finish()) : ([], []);
    }

    // As the search for artifacts without a record goes through them.
    private static IEnumerable<ProfilePlace> PlacesOf(ProjectSite site) => new UnrecordedFinder(site, new OutsideFolders(site.Folder), new RealPaths(), _ => []).Places().Select(one => one.Place).Distinct();

    private static string Join(string root, string path) => root == "." ? path : $"{root}/{path}";

    private static string Slashed(string path) => path.Replace(Path.DirectorySeparatorChar, '/');

    // A way through other links could change without any of these places.
    private bool LeadsStraight(ArtifactDrift drift)
    {
        if (drift.Collection is null || new FileInfo(drift.Path).LinkTarget is not { } target) return false;
        var folder = store.Layout.CollectionFolder(drift.Collection);
        return Path.IsPathFullyQualified(target) && (PathEquality.IsIn(folder, target) || PathEquality.IsIn(LinkTarget.RealFolder(folder), target));
    }

    // Returns false if the settings depend on more than can be listed.
    private bool AddSettings(PlaceWalk walk, ProjectSite site, IReadOnlyList<ArtifactDrift> drifts)
    {
        if (!drifts.Any(drift => drift.State != DriftState.Added && drift.Profile == Profile.ClaudeCode && SettingsFiles.AreNeededFor(drift.Id.Type))) return true;
        var folder = Path.Combine(store.Home, ActivatedList.FolderName);
        var path = ActivatedList.PathOf(store.Home, site);
        walk.Add(folder);
        try
        {
            if (walk.Add(path) is null) return AddOtherLists(walk);
            var list = ActivatedList.Parse(store.Storage.ReadConsistent([path])[0], path, site.Folder);
            var isPlain = true;
            foreach (var file in list.Parts.Select(part => part.File).Distinct(PathEquality.Comparer))
            {
                isPlain &= walk.Add(file) != FileType.Link;
            }

            return isPlain;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    // A project that was moved has its list under its earlier path, where no folder is.
    private bool AddOtherLists(PlaceWalk walk)
    {
        foreach (var file in ActivatedList.FindFiles(store.Home))
        {
            var project = ActivatedList.Parse(store.Storage.ReadConsistent([file])[0], file, project: "").Project;
            if (!Path.IsPathFullyQualified(project) || walk.Add(project) != FileType.Folder) return false;
        }

        return true;
    }
}
