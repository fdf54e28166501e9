using SkillMeat.Objects;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Maps git objects to stored content, so that they are not fetched again. Results are verified by git's ids.</summary>
/// <remarks>Thread-safe. An index that cannot be read or written counts as empty; content that is no longer in the store is not found.</remarks>
internal interface IGitContentIndex
{
    /// <summary>
    /// Returns the stored content of a blob, or null if it has to be fetched. For a Git LFS pointer this is the file, never the pointer.
    /// </summary>
    StoredContent? FindFile(GitOid blob, ObjectStore store);

    /// <summary>Returns the stored content of a tree, or null if any part of it has to be fetched.</summary>
    StoredContent? FindFolder(GitOid tree, ObjectStore store);

    /// <summary>Whether a path was fetched before, so that much of its content is probably in the store.</summary>
    bool Knows(RepositoryAddress repository, string path);

    /// <summary>Adds the stored content of a blob or tree, for the rest of the session and for <see cref="Save"/>.</summary>
    void Add(GitOid id, StoredContent content);

    /// <summary>Adds the stored content of a path.</summary>
    void Add(RepositoryAddress repository, string path, StoredContent content);

    /// <summary>Writes the added entries, if there are any.</summary>
    void Save();
}
