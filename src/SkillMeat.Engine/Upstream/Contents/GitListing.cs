using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>The listing of a wanted path from git's trees.</summary>
/// <param name="Path">The path.</param>
/// <param name="Id">The tree or blob id at the path; null if the path does not exist.</param>
/// <param name="IsFolder">Whether the path is a folder.</param>
/// <param name="Files">The files and links at and below the path, without those that collections leave out.</param>
/// <param name="Submodules">The full paths of submodules.</param>
internal sealed record GitListing(string Path, GitOid? Id, bool IsFolder, IReadOnlyList<GitFile> Files, IReadOnlyList<string> Submodules)
{
    /// <summary>Whether the files are the complete content of the folder's tree, with nothing left out.</summary>
    public bool IsWhole => IsFolder && IdOf(Files, depth: 0) == Id;

    private static GitOid IdOf(IEnumerable<GitFile> files, int depth) => GitObjectId.OfTree(
        files.GroupBy(file => file.Below[depth], StringComparer.Ordinal).Select(
            same => same.First() is var file && file.Below.Length == depth + 1
                ? new GitTreeEntry(same.Key, file.Mode, file.Id)
                : new GitTreeEntry(same.Key, GitFileMode.Folder, IdOf(same, depth + 1))));
}
