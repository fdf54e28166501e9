using SkillMeat.Errors;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>One path of a repository, as it is in the store now.</summary>
/// <param name="Path">The path as it was asked for.</param>
/// <param name="Entry">
/// What is there, called by the last part of the path, the root by the repository's name. Null when there is no such path at that commit, or nothing but empty folders, and when
/// there is an error.
/// </param>
/// <param name="Error">Why this path alone was refused, such as for a link in it that leads out of it; else null.</param>
internal sealed record FetchedPath(string Path, TreeEntry? Entry, SkillMeatException? Error)
{
    /// <summary>The differences from what upstream means, a sentence each: submodules that were left out, pointers of Git LFS whose files could not be had.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
