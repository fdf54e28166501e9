using SkillMeat.Objects;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Remembers which stored content a git object became, so that it is not fetched again. What is found was checked by git's ids.</summary>
/// <remarks>Safe from several threads. An index that cannot be read or written counts as empty; what the store no longer has is not found.</remarks>
internal interface IGitContentIndex
{
    /// <summary>The stored content of a blob; null when it has to be fetched. It is never a pointer of Git LFS, but the file that one stands for.</summary>
    StoredContent? FindFile(GitOid blob, ObjectStore store);

    /// <summary>The stored content of a tree, all of which is there; null when it has to be fetched.</summary>
    StoredContent? FindFolder(GitOid tree, ObjectStore store);

    /// <summary>Whether something was fetched from a path before, so that much of it is likely to be stored.</summary>
    bool Knows(RepositoryAddress repository, string path);

    /// <summary>Keeps what a blob or tree became, for the rest of the session and for <see cref="Save"/>.</summary>
    void Add(GitOid id, StoredContent content);

    /// <summary>Keeps what was fetched from a path.</summary>
    void Add(RepositoryAddress repository, string path, StoredContent content);

    /// <summary>Writes what was added; does nothing when nothing was.</summary>
    void Save();
}
