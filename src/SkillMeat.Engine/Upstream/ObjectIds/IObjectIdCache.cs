namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Remembers the ids of files and folders at commits, so that upstream is asked for each of them at most once.</summary>
/// <remarks>Safe from several threads. A cache that cannot be read or written counts as empty.</remarks>
internal interface IObjectIdCache
{
    /// <summary>The object at a path at a commit; null when it is not known.</summary>
    KnownObject? Find(RepositoryAddress repository, string commit, string path);

    /// <summary>Keeps a fact, for the rest of the session and for <see cref="Save"/>.</summary>
    void Add(RepositoryAddress repository, string commit, string path, KnownObject found);

    /// <summary>Writes what was added; does nothing when nothing was.</summary>
    void Save();
}
