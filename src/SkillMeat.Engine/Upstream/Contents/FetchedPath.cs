using SkillMeat.Errors;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>A path of a repository, with its content in the store.</summary>
/// <param name="Path">The path as it was requested.</param>
/// <param name="Entry">
/// The content, named after the last part of the path, or after the repository for the root. Null if the path does not exist at that commit, contains
/// nothing but empty folders, or has an error.
/// </param>
/// <param name="Error">The reason that this path alone was refused, such as a name that files cannot have; null if there is none.</param>
internal sealed record FetchedPath(string Path, TreeEntry? Entry, SkillMeatException? Error)
{
    /// <summary>
    /// The differences from upstream, one sentence each: submodules, links and files of other tools that were left out, and Git LFS pointers whose files could not be fetched.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The other paths of the repository that the content comes from, because links lead to them.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}
