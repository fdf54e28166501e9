using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Deployments;

/// <summary>Finds the registered projects, others into which this home deployed, and the user's own folders.</summary>
internal sealed class KnownSites(CollectionStore store, AgentFolders user)
{
    // Without links in it, to be compared with many.
    private readonly string? _userFolder = Directory.Exists(user.UserFolder) ? LinkTarget.RealFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(user.UserFolder))) : null;

    /// <summary>Finds them.</summary>
    /// <param name="remembered">The folders of the projects that the database has.</param>
    /// <exception cref="DataFileException">The list of projects cannot be read.</exception>
    /// <exception cref="StorageException">Something cannot be read.</exception>
    public IReadOnlyList<KnownSite> Find(IEnumerable<string> remembered)
    {
        var sites = new ProjectRegistry(store).ReadList().All.DistinctBy(project => project.Path).Select(project => Describe(project.Path, project.Name)).ToList();
        var known = sites.Select(one => one.Site.Folder).ToHashSet(StringComparer.Ordinal);
        sites.AddRange(FindOthers(known, remembered).Order(StringComparer.Ordinal).Select(folder => Describe(folder, name: null)));
        var own = new ProjectSite(user.UserFolder, user);
        if (own.CandidateRoots().Any(root => File.Exists(own.FullPath(root, DeploymentFile.Name)))) sites.Add(new KnownSite(own, Name: null));
        return sites;
    }

    private KnownSite Describe(string folder, string? name)
    {
        var site = new KnownSite(new ProjectSite(folder), name, IsMissing: !Directory.Exists(folder));
        // Registered by an earlier version.
        return !site.IsMissing && PathEquality.Comparer.Equals(folder, _userFolder) ? site with { Problem = ProjectFolder.IsOfUser(folder) } : site;
    }

    // The home keeps what it deployed in a file for each project, whose name follows from the folder.
    private List<string> FindOthers(HashSet<string> registered, IEnumerable<string> remembered)
    {
        var byFile = new Dictionary<string, string?>(PathEquality.Comparer);
        foreach (var folder in registered.Concat(remembered)) byFile[KeptContentList.PathOf(store.Home, folder)] = folder;
        var others = new List<string>();
        var moved = new Lazy<HashSet<string>>(() => registered.Concat(remembered).Where(Directory.Exists).Select(FolderIdentity.Of).OfType<string>().ToHashSet(StringComparer.Ordinal));
        foreach (var file in KeptContentList.FindFiles(store.Home))
        {
            if (!byFile.TryGetValue(file, out var folder) || folder is null || (!registered.Contains(folder) && !Directory.Exists(folder)))
            {
                if (ReadHead(file) is not var (project, identity) || !Path.IsPathFullyQualified(project) || KeptContentList.PathOf(store.Home, project) != file) continue;
                // The folder has another name now, under which it is listed.
                if (!Directory.Exists(project) && identity is not null && moved.Value.Contains(identity)) continue;
                folder = project;
            }

            // The list of the user's own folders is named like one of a project in the home folder.
            if (!registered.Contains(folder) && !IsUsers(folder)) others.Add(folder);
        }

        return others;
    }

    private bool IsUsers(string folder) => PathEquality.Comparer.Equals(folder, user.UserFolder) || PathEquality.Comparer.Equals(folder, _userFolder);

    private (string Project, string? Folder)? ReadHead(string file)
    {
        try
        {
            return store.Storage.ReadConsistent([file])[0] is { } bytes ? KeptContentList.ReadHead(bytes) : null;
        }
        catch (StorageException)
        {
            // One that cannot be read does not keep the others from being listed.
            return null;
        }
    }
}
