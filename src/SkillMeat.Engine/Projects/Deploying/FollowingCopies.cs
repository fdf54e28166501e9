using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Deploying;

/// <summary>
/// The deployed copies in all known projects whose records name a collection, when it gets another name or an artifact goes to another one: their records follow, and so do links into the collection.
/// </summary>
internal sealed class FollowingCopies
{
    private readonly CollectionStore _store;

    private FollowingCopies(CollectionStore store, IReadOnlyList<FollowingCopy> all, IReadOnlyList<string> missing, IReadOnlyList<string> present, IReadOnlyList<string> warnings)
    {
        _store = store;
        All = all;
        MissingProjects = missing;
        PresentProjects = present;
        Warnings = warnings;
    }

    /// <summary>The copies.</summary>
    public IReadOnlyList<FollowingCopy> All { get; }

    /// <summary>The registered projects whose folders are not there.</summary>
    public IReadOnlyList<string> MissingProjects { get; }

    /// <summary>The folders of the projects that could be read and are not left out, whether they have such copies or not.</summary>
    public IReadOnlyList<string> PresentProjects { get; }

    /// <summary>A sentence for each project whose records could not be read.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The locks of the home that a change of them needs.</summary>
    public IEnumerable<string> LockNames => All.SelectMany(copy => copy.Site.LockNames).Distinct(StringComparer.Ordinal);

    /// <summary>Returns no copies.</summary>
    public static FollowingCopies None(CollectionStore store) => new(store, [], [], [], []);

    /// <summary>Finds the copies. Other homes deploy into the same folders, so only what this home knows is found.</summary>
    /// <param name="store">The home.</param>
    /// <param name="user">The user's own folders.</param>
    /// <param name="follows">Whether the copy of a record is one of them.</param>
    public static FollowingCopies Find(CollectionStore store, AgentFolders user, Func<DeploymentRecord, bool> follows)
    {
        var (all, missing, present, warnings) = (new List<FollowingCopy>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var project in new ProjectRegistry(store).ReadList().All.Select(project => project.Path).Distinct(PathEquality.Comparer))
        {
            if (!Directory.Exists(project)) missing.Add(project);
            else Add(() => new ProjectSite(ProjectFolder.Find(project, store.Home, user)), project);
        }

        if (Directory.Exists(user.UserFolder)) Add(() => new ProjectSite(user.UserFolder, user), user.UserFolder);
        // One root can be a link to another one, and a merge of git can leave a record twice.
        return new FollowingCopies(store, [.. all.DistinctBy(copy => (RealPath(copy.RecordsPath), copy.Record.Key))], missing, present, warnings);

        void Add(Func<ProjectSite> open, string folder)
        {
            try
            {
                var site = open();
                var own = new OwnCopies(store, site.Folder);
                all.AddRange(new ProjectRecords(site, store).ReadAll().Where(one => follows(one.Record)).Select(one => new FollowingCopy(site, one.Root, one.Record)).Where(copy => own.Include(copy.Path)));
                present.Add(site.Folder);
            }
            catch (SkillMeatException e)
            {
                warnings.Add($"The deployments in '{folder}' could not be read, and stay as they are: {e.Message}");
            }
        }
    }

    /// <summary>Returns the copies without those in a project, with a warning.</summary>
    public FollowingCopies Without(string folder, string problem) => All.Any(copy => IsOf(copy, folder))
        ? new FollowingCopies(_store, [.. All.Where(copy => !IsOf(copy, folder))], MissingProjects, Except([folder]), [.. Warnings, LeftOut(folder, problem)])
        : this;

    /// <summary>Returns the folder of the project that could not be locked or written, or null if an error is about something else.</summary>
    public string? FindProjectOf(SkillMeatException error)
    {
        var outside = new OutsideFolders(_store.Home);
        if (error is LockTimeoutException busy) return All.FirstOrDefault(copy => FindFolders(outside, copy).Any(folder => busy.Resource == HomeStorage.NameOf(folder)))?.Site.Folder;
        if (error is not StorageException { ErrorId: ErrorIds.StorageFailed } failed || new[] { _store.Home, LinkTarget.RealFolder(_store.Home) }.Any(home => PathEquality.IsIn(home, failed.Path))) return null;
        return All.Select(copy => copy.Site.Folder).Where(folder => PathEquality.Comparer.Equals(folder, failed.Path) || PathEquality.IsIn(folder, failed.Path)).MaxBy(folder => folder.Length);
    }

    /// <summary>Returns an error that says how to do without a project that cannot be locked or written, or null if it is about something else.</summary>
    public SkillMeatException? Explain(SkillMeatException error)
    {
        if (FindProjectOf(error) is not { } folder || All.First(copy => IsOf(copy, folder)).Site.User is not null) return null;
        return error switch
        {
            LockTimeoutException busy => new LockTimeoutException(busy, Hint(folder)),
            StorageException failed => new StorageException(failed.ErrorId, failed.Path, $"{failed.Message.TrimEnd('.')}. {Hint(folder)}", failed) { WaysBack = failed.WaysBack },
            _ => null,
        };
    }

    /// <summary>Returns the copies without those in projects in which a link leads elsewhere, each with a warning.</summary>
    public FollowingCopies WithoutUnusable(OutsideFolders outside)
    {
        var (all, unusable, warnings) = (new List<FollowingCopy>(), new List<string>(), Warnings.ToList());
        foreach (var site in All.GroupBy(copy => copy.Site.Folder, PathEquality.Comparer))
        {
            try
            {
                foreach (var copy in site) FindFolders(outside, copy);
                all.AddRange(site);
            }
            catch (SkillMeatException e)
            {
                unusable.Add(site.Key);
                warnings.Add(LeftOut(site.Key, e.Message));
            }
        }

        return new FollowingCopies(_store, all, MissingProjects, Except(unusable), warnings);
    }

    /// <summary>Whether all locks that a change of them needs are held.</summary>
    public bool AreLocked(HomeLock held, OutsideFolders outside) => FindFolders(outside).All(held.HasFolder) && held.Covers(LockName.InOrder(LockNames));

    /// <summary>Returns the folders to lock.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a link leads out of a project or into the home.</exception>
    public IReadOnlyList<string> FindFolders(OutsideFolders outside)
    {
        var folders = new List<string>();
        foreach (var copy in All)
        {
            try
            {
                folders.AddRange(FindFolders(outside, copy));
            }
            catch (SkillMeatException e) when (copy.Site.User is null && e.ErrorId == ErrorIds.InvalidArgument)
            {
                throw new SkillMeatException(e.ErrorId, $"{e.Message} {Hint(copy.Site.Folder)}", e);
            }
        }

        return [.. folders.Distinct(PathEquality.Comparer)];
    }

    /// <summary>Adds the changes of the records, and of the copies that are links.</summary>
    /// <param name="changes">The changes in projects.</param>
    /// <param name="outside">Finds the real folders.</param>
    /// <param name="collection">The collection to name.</param>
    /// <param name="moved">Returns the full paths in the collections that a link of the artifact led and leads to.</param>
    /// <param name="cancellationToken">Cancels the reading of links.</param>
    /// <returns>A sentence for each link that has to be corrected by hand.</returns>
    public IReadOnlyList<string> AddTo(ProjectChanges changes, OutsideFolders outside, string collection, Func<ArtifactId, (string From, string To)> moved, CancellationToken cancellationToken)
    {
        var (warnings, seen) = (new List<string>(), new HashSet<string>(PathEquality.Comparer));
        foreach (var copy in All)
        {
            changes.RecordsOf(copy.Site, copy.Root).File.SetCollection(copy.Record, collection);
            var (folder, path) = outside.Find(copy.Site, copy.Path);
            if (!seen.Add(path)) continue;
            var (from, to) = moved(copy.Record.Artifact);
            if (CollectionLinks.FindNewTarget(path, from, to) is not { } target)
            {
                // A file that is kept elsewhere, and only linked here, stays there.
                if (new FileInfo(from).LinkTarget is null && (CollectionLinks.LeadTo(path, from) || CollectionLinks.LeadInto(path, from)))
                    warnings.Add($"'{path}' leads to '{from}' by way of another link, and stays as it is. Correct it by hand.");
                continue;
            }

            if (new DiskContent(_store.Objects, _store.Time).Read(path, Path.GetFileName(path), cancellationToken) is not { } current) continue;
            var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            changes.Change(copy.Site, folder, path, [new FolderChange(relative, current, LinkContent.Store(_store.Objects, current.Name, target))]);
        }

        return warnings;
    }

    private List<string> Except(IReadOnlyList<string> folders) => [.. PresentProjects.Where(project => !folders.Contains(project, PathEquality.Comparer))];

    private static IEnumerable<string> FindFolders(OutsideFolders outside, FollowingCopy copy) => [outside.Find(copy.Site, copy.RecordsPath).Folder, outside.Find(copy.Site, copy.Path).Folder];

    private static bool IsOf(FollowingCopy copy, string folder) => PathEquality.Comparer.Equals(copy.Site.Folder, folder);

    private static string Hint(string folder) => $"To do without this project, run 'skm project unregister \"{folder}\"' first.";

    private static string LeftOut(string folder, string problem) =>
        $"The deployments in '{folder}' still name the old collection, and are found by that name: the project was left out, because {problem.TrimEnd('.')}.";

    private static string RealPath(string path) => Path.GetDirectoryName(path) is { } parent && Directory.Exists(parent) ? Path.Combine(LinkTarget.RealFolder(parent), Path.GetFileName(path)) : path;

    // The copies of this home in a folder that other homes use as well.
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
