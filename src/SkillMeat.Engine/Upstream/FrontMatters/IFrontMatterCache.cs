namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Caches front matter by the id of its blob. The same id means the same text, so entries never become stale.</summary>
/// <remarks>Thread-safe. A cache that cannot be read or written counts as empty; it only saves requests and holds no user data.</remarks>
internal interface IFrontMatterCache
{
    /// <summary>Returns the front matter of a blob, or null if it is not cached. What was read at another path is added to this one, for <see cref="Save"/>.</summary>
    FrontMatter? Find(RepositoryAddress repository, string path, string blobId);

    /// <summary>Whether an artifact's manifest file has been read before, so that its current id is likely to be cached.</summary>
    bool HasSeen(RepositoryAddress repository, string path);

    /// <summary>Adds the front matter of a blob, for <see cref="Save"/>.</summary>
    void Add(RepositoryAddress repository, string path, string blobId, FrontMatter frontMatter);

    /// <summary>Writes the added entries, if there are any.</summary>
    void Save();
}
