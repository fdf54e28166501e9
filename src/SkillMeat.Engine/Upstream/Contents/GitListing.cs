using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>One wanted path, as git's trees list it.</summary>
/// <param name="Path">The path.</param>
/// <param name="Id">The tree or blob at the path; null when nothing is there.</param>
/// <param name="IsFolder">Whether it is a tree.</param>
/// <param name="Files">The files and links at and below it, without what is left out of collections.</param>
/// <param name="Submodules">The paths, in the repository, of other repositories that belong there.</param>
internal sealed record GitListing(string Path, GitOid? Id, bool IsFolder, IReadOnlyList<GitFile> Files, IReadOnlyList<string> Submodules)
{
    /// <summary>Whether the files are everything that a folder's tree holds, so that nothing was left out.</summary>
    public bool IsWhole => IsFolder && IdOf(Files, depth: 0) == Id;

    private static GitOid IdOf(IEnumerable<GitFile> files, int depth) => GitObjectId.OfTree(
        files.GroupBy(file => file.Below[depth], StringComparer.Ordinal).Select(
            same => same.First() is var file && file.Below.Length == depth + 1
                ? new GitTreeEntry(same.Key, file.Mode, file.Id)
                : new GitTreeEntry(same.Key, GitFileMode.Folder, IdOf(same, depth + 1))));
}
