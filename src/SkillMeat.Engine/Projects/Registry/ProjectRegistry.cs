using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Registry;

/// <summary>Registers, lists and finds the projects of a home.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ProjectRegistry
{
    /// <summary>The usual number of levels that a search goes down.</summary>
    public const int DefaultDepth = 4;

    private readonly CollectionStore _store;
    private readonly string _path;
    private readonly AgentFolders _user;

    /// <summary>Creates the registry of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ProjectRegistry(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
        _path = Path.Combine(store.Home, ProjectList.FileName);
    }

    /// <summary>Lists the registered projects by name. One whose folder is gone is listed as missing.</summary>
    /// <returns>The projects.</returns>
    /// <exception cref="DataFileException">The list of projects cannot be read.</exception>
    public IReadOnlyList<Project> List() => [.. ReadList().All.Select(known => Describe(known.Path, known)).OrderBy(project => project.Name, StringComparer.OrdinalIgnoreCase).ThenBy(project => project.Path, StringComparer.Ordinal)];

    /// <summary>Describes a folder as a project, whether it is registered or not.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <returns>The project.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no such folder.</exception>
    public Project Get(string folder)
    {
        var list = ReadList();
        var given = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(given) && list.Find(given) is { } missing) return Describe(given, missing);
        var real = ProjectFolder.Find(folder, _store.Home, _user);
        return Describe(real, list.Find(real));
    }

    /// <summary>Creates the error of a registered project whose folder is gone.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <returns>The error, with the id <see cref="ErrorIds.ProjectNotFound"/>.</returns>
    public static SkillMeatException Missing(string folder) =>
        new(ErrorIds.ProjectNotFound, $"The project '{folder}' is missing: its folder was deleted or renamed, or its volume is not mounted.");

    /// <summary>Registers folders as projects. Those that are registered stay as they are.</summary>
    /// <param name="folders">The paths of existing folders.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="name">The name of a single project, or null for that of its folder.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The projects, in the given order.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: there is no such folder. <see cref="ErrorIds.InvalidArgument"/>: a folder cannot be a project, such as the user's home folder. Nothing was registered.
    /// </exception>
    public async Task<IReadOnlyList<Project>> RegisterAsync(IReadOnlyCollection<string> folders, TimeSpan lockTimeout, string? name = null, CancellationToken cancellationToken = default)
    {
        if (name is not null && folders.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, "A name can only be given to one project.");
        if (name is not null && (name.Trim().Length == 0 || VisibleText.FindHidden(name) is not null || ControlCharacters.AreIn(name)))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{VisibleText.Line(name)}' is not a valid name of a project.");
        }

        var real = folders.Select(folder => ProjectFolder.Find(folder, _store.Home, _user)).ToList();
        return await ChangeAsync(
            list => real.ConvertAll(folder => Describe(folder, list.Add(new RegisteredProject(folder, name ?? NameOf(folder), _store.Time.GetUtcNow())))), lockTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets projects, if all of them are still as the caller saw them. Their folders and deployments stay.</summary>
    /// <param name="projects">Paths or names of registered projects, also of missing ones.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="expects">Checks each project under the lock; null for any.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The projects as they were.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: one is not registered. <see cref="ErrorIds.StaleEdit"/>: one is not the expected one. Nothing was changed.
    /// </exception>
    public async Task<IReadOnlyList<Project>> UnregisterAsync(IReadOnlyCollection<string> projects, TimeSpan lockTimeout, Predicate<Project>? expects = null, CancellationToken cancellationToken = default) => await ChangeAsync(
        list =>
        {
            var found = projects.Select(project => FindRegistered(list, project)).DistinctBy(project => project.Path).ToList();
            var described = found.ConvertAll(project => Describe(project.Path, project));
            if (expects is not null && described.Find(project => !expects(project)) is { } stale)
            {
                throw new SkillMeatException(ErrorIds.StaleEdit, $"Project '{stale.Path}' was changed meanwhile, so nothing was done. Look at it again, and repeat the change.");
            }

            described = described.ConvertAll(project => project with { IsRegistered = false });
            list.Remove(found.Select(project => project.Path).ToHashSet(StringComparer.Ordinal));
            return described;
        },
        lockTimeout,
        cancellationToken).ConfigureAwait(false);

    /// <summary>Finds folders that have the folders of an agent, or deployment records. Links and hidden folders are not searched.</summary>
    /// <param name="folder">The folder to search.</param>
    /// <param name="depth">The number of levels below it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The projects, by path.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no such folder.</exception>
    public IEnumerable<Project> Find(string folder, int depth = DefaultDepth, CancellationToken cancellationToken = default)
    {
        var list = ReadList();
        return new ProjectFinder(_store.Home, _user).Find(ProjectFolder.FindRoot(folder, _store.Home), depth, cancellationToken).Select(found => Describe(found, list.Find(found)));
    }

    /// <summary>Returns the path of a project that the user named.</summary>
    /// <param name="wanted">A path, or the name of a registered project.</param>
    /// <returns>The path. The folder may be missing.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: no project of this name is registered, or several are.</exception>
    public string FindPath(string wanted) => PathOf(ReadList(), wanted);

    /// <summary>Returns the path of a project that the user named: a path, or the name of a registered project.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: no project of this name is registered.</exception>
    internal static string PathOf(ProjectList list, string wanted) => Directory.Exists(wanted) || File.Exists(wanted) || Path.IsPathFullyQualified(wanted) || IsPath(wanted) ? wanted : FindRegistered(list, wanted).Path;

    private static bool IsPath(string wanted) => wanted.StartsWith('.') || wanted.Contains(Path.DirectorySeparatorChar) || wanted.Contains(Path.AltDirectorySeparatorChar);

    internal ProjectList ReadList() => ProjectList.Parse(_store.Storage.ReadConsistent([_path])[0], _path);

    /// <summary>Finds a registered project by its path or its name.</summary>
    internal static RegisteredProject FindRegistered(ProjectList list, string wanted)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(wanted));
        if ((list.Find(full) ?? (Directory.Exists(full) ? list.Find(ProjectFolder.RealPath(full)) : null)) is { } byPath) return byPath;
        return list.All.Where(project => project.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList() switch
        {
            [var one] => one,
            [] => throw Unknown(list, wanted),
            var several => throw new SkillMeatException(ErrorIds.ProjectNotFound, $"Several projects have the name '{wanted}': {string.Join(", ", several.Select(project => $"'{project.Path}'"))}. Name one by its path."),
        };
    }

    private static SkillMeatException Unknown(ProjectList list, string wanted)
    {
        var near = NearestName.Find(wanted, list.All.Select(project => project.Name));
        return new SkillMeatException(ErrorIds.ProjectNotFound, near is null
            ? $"No project '{wanted}' is registered. 'Register-SkmProject' and 'skm project register' register one."
            : $"No project '{wanted}' is registered. Did you mean '{near}'?")
        {
            Nearest = near,
        };
    }

    private async Task<T> ChangeAsync<T>(Func<ProjectList, T> edit, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        using var held = await _store.Storage.LockAsync([CollectionStore.HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        var bytes = _store.Storage.ReadConsistent([_path], cancellationToken)[0];
        var list = ProjectList.Parse(bytes, _path);
        var result = edit(list);
        var edited = list.ToBytes();
        if (bytes is null ? edited.Length == 0 : edited.AsSpan().SequenceEqual(bytes)) return result;
        var change = _store.Storage.Begin(held);
        change.Write(_path, edited, FileExpectation.Of(bytes));
        change.Commit(cancellationToken);
        return result;
    }

    private Project Describe(string folder, RegisteredProject? known)
    {
        var project = new Project
        {
            Name = known?.Name ?? NameOf(folder),
            Path = folder,
            IsMissing = !Directory.Exists(folder),
            IsRegistered = known is not null,
            RegisteredAt = known?.RegisteredAt,
        };
        if (project.IsMissing) return project;
        try
        {
            var (records, bad) = new ProjectRecords(new ProjectSite(folder), _store).ReadWithBad();
            if (bad.Count > 0) project = project with { Problem = BadRecord.Join([.. bad.Select(one => one.Record)]).Message };
            return project with { Profiles = TextValues.Of(records.Select(one => one.Record.Profile).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), Deployments = records.Count };
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException)
        {
            return project with { Problem = e.Message };
        }
    }

    private static string NameOf(string folder) => Path.GetFileName(folder) is { Length: > 0 } name ? name : folder;
}
