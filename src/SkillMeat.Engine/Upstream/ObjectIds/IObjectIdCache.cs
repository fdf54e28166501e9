namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Caches the ids of files and folders at commits, so that upstream is asked for each of them at most once.</summary>
/// <remarks>Thread-safe. A cache that cannot be read or written counts as empty.</remarks>
internal interface IObjectIdCache
{
    /// <summary>Returns the object at a path of a commit, or null if it is not cached.</summary>
    KnownObject? Find(RepositoryAddress repository, string commit, string path);

    /// <summary>Adds an object, for the rest of the session and for <see cref="Save"/>.</summary>
    void Add(RepositoryAddress repository, string commit, string path, KnownObject found);

    /// <summary>Writes the added objects, if there are any.</summary>
    void Save();
}
