using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>
/// The deployed copies in all known projects whose records name a collection, when it gets another name or an artifact goes to another one: their records follow, and so do links into the collection.
/// </summary>
internal sealed class FollowingCopies
{
    private readonly CollectionStore _store;

    private FollowingCopies(CollectionStore store, IReadOnlyList<FollowingCopy> all, IReadOnlyList<string> missing, IReadOnlyList<string> warnings)
    {
        _store = store;
        All = all;
        MissingProjects = missing;
        Warnings = warnings;
    }

    /// <summary>The copies.</summary>
    public IReadOnlyList<FollowingCopy> All { get; }

    /// <summary>The registered projects whose folders are not there.</summary>
    public IReadOnlyList<string> MissingProjects { get; }

    /// <summary>A sentence for each project whose records could not be read.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The locks of the home that a change of them needs.</summary>
    public IEnumerable<string> LockNames => All.SelectMany(copy => copy.Site.LockNames).Distinct(StringComparer.Ordinal);

    /// <summary>Returns no copies.</summary>
    public static FollowingCopies None(CollectionStore store) => new(store, [], [], []);

    /// <summary>Finds the copies.</summary>
    /// <param name="store">The home.</param>
    /// <param name="user">The user's own folders. Other homes deploy into them as well, so only what this home knows is found there.</param>
    /// <param name="follows">Whether the copy of a record is one of them.</param>
    public static FollowingCopies Find(CollectionStore store, AgentFolders user, Func<DeploymentRecord, bool> follows)
    {
        var (all, missing, warnings) = (new List<FollowingCopy>(), new List<string>(), new List<string>());
        foreach (var project in new ProjectRegistry(store).ReadList().All.Select(project => project.Path).Distinct(PathEquality.Comparer))
        {
            if (!Directory.Exists(project)) missing.Add(project);
            else Add(() => new ProjectSite(ProjectFolder.Find(project, store.Home, user)), project, _ => true);
        }

        if (Directory.Exists(user.UserFolder)) Add(() => new ProjectSite(user.UserFolder, user), user.UserFolder, new OwnCopies(store, user.UserFolder).Include);
        return new FollowingCopies(store, all, missing, warnings);

        void Add(Func<ProjectSite> open, string folder, Predicate<string> isOurs)
        {
            try
            {
                var site = open();
                all.AddRange(new ProjectRecords(site, store).ReadAll().Where(one => follows(one.Record)).Select(one => new FollowingCopy(site, one.Root, one.Record)).Where(copy => isOurs(copy.Path)));
            }
            catch (SkillMeatException e)
            {
                warnings.Add($"The deployments in '{folder}' could not be read, and stay as they are: {e.Message}");
            }
        }
    }

    /// <summary>Returns the folders to lock.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a link leads out of a project or into the home.</exception>
    public IReadOnlyList<string> FindFolders(OutsideFolders outside) =>
        [.. All.SelectMany(copy => new[] { outside.Find(copy.Site, copy.RecordsPath).Folder, outside.Find(copy.Site, copy.Path).Folder }).Distinct(PathEquality.Comparer)];

    /// <summary>Adds the changes of the records, and of the copies that are links.</summary>
    /// <param name="changes">The changes in projects.</param>
    /// <param name="outside">Finds the real folders.</param>
    /// <param name="collection">The collection to name.</param>
    /// <param name="moved">Returns the full paths in the collections that a link of the artifact led and leads to.</param>
    /// <param name="cancellationToken">Cancels the reading of links.</param>
    public void AddTo(ProjectChanges changes, OutsideFolders outside, string collection, Func<ArtifactId, (string From, string To)> moved, CancellationToken cancellationToken)
    {
        foreach (var copy in All)
        {
            changes.RecordsOf(copy.Site, copy.Root).File.SetCollection(copy.Record, collection);
            var (folder, path) = outside.Find(copy.Site, copy.Path);
            var (from, to) = moved(copy.Record.Artifact);
            if (FindNewTarget(path, from, to) is not { } target || new DiskContent(_store.Objects, _store.Time).Read(path, Path.GetFileName(path), cancellationToken) is not { } current) continue;
            var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            changes.Change(copy.Site, folder, path, [new FolderChange(relative, current, LinkContent.Store(_store.Objects, current.Name, target))]);
        }
    }

    private static string? FindNewTarget(string path, string from, string to)
    {
        if (new FileInfo(path).LinkTarget is not { } target) return null;
        if (PathEquality.Comparer.Equals(target, from)) return to;
        return PathEquality.IsIn(from, target) ? Path.Combine(to, Path.GetRelativePath(from, target)) : null;
    }

    // What this home deployed into a folder that other homes use as well.
    private sealed class OwnCopies(CollectionStore store, string folder)
    {
        private readonly Lazy<HashSet<string>> _paths = new(() =>
        {
            var path = KeptContentList.PathOf(store.Home, folder);
            return KeptContentList.Parse(store.Storage.ReadConsistent([path])[0], path, folder).All.Select(one => one.Path).ToHashSet(PathEquality.Comparer);
        });

        public bool Include(string path) => _paths.Value.Contains(path) || CollectionLinks.LeadInto(path, store.Layout.CollectionsFolder);
    }
}
