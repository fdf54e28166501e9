namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Front matter that was read before, by the id of the blob that holds it: the same id is the same text, so an entry is never stale.</summary>
/// <remarks>Safe from several threads. A cache that can't be read or written is an empty one: it saves requests, and holds nothing of the user's.</remarks>
internal interface IFrontMatterCache
{
    /// <summary>What the blob says; null when it was not read before.</summary>
    FrontMatter? Find(string blobId);

    /// <summary>Whether this artifact's manifest file was ever read, so that its current id is likely to be known.</summary>
    bool HasSeen(RepositoryAddress repository, string path);

    /// <summary>Keeps what a blob says, for <see cref="Save"/>.</summary>
    void Add(RepositoryAddress repository, string path, string blobId, FrontMatter frontMatter);

    /// <summary>Writes what was added; does nothing when nothing was.</summary>
    void Save();
}
