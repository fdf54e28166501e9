namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Caches the ids of files and folders at commits, so that upstream is asked for each of them at most once.</summary>
/// <remarks>Thread-safe. A cache that cannot be read or written counts as empty.</remarks>
internal interface IObjectIdCache
{
    /// <summary>Returns the object at a path of a commit, or null if it is not cached.</summary>
    KnownObject? Find(RepositoryAddress repository, string commit, string path);

    /// <summary>Returns whether the object at a path of a commit, or that there is none, is cached.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">The path.</param>
    /// <param name="found">The object; null if the commit has nothing there, or if that is not cached.</param>
    bool TryFind(RepositoryAddress repository, string commit, string path, out KnownObject? found);

    /// <summary>Returns the cached commits that have an object at a path.</summary>
    IReadOnlyList<string> CommitsOf(RepositoryAddress repository, string path, KnownObject found);

    /// <summary>Adds an object, for the rest of the session and for <see cref="Save"/>.</summary>
    void Add(RepositoryAddress repository, string commit, string path, KnownObject found);

    /// <summary>Adds that a commit has nothing at a path, for the rest of the session and for <see cref="Save"/>.</summary>
    void AddAbsence(RepositoryAddress repository, string commit, string path);

    /// <summary>Writes what was added, if anything was.</summary>
    void Save();
}
