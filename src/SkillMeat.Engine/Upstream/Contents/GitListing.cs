using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>The listing of a wanted path from git's trees.</summary>
/// <param name="Path">The path.</param>
/// <param name="Id">The tree or blob id at the path; null if the path does not exist.</param>
/// <param name="IsFolder">Whether the path is a folder.</param>
/// <param name="Files">The files and links at and below the path, without git's own.</param>
/// <param name="Submodules">The full paths of submodules.</param>
internal sealed record GitListing(string Path, GitOid? Id, bool IsFolder, IReadOnlyList<GitFile> Files, IReadOnlyList<string> Submodules)
{
    private GitFileIndex? _index;

    /// <summary>The path of the link through which the path is reached, which is then the only file; null for none.</summary>
    public string? Through { get; init; }

    /// <summary>The rest of the path below <see cref="Through"/>.</summary>
    public string Rest => Through is null ? "" : Path[(Through.Length + 1)..];

    /// <summary>The full path of a file.</summary>
    public string PlaceOf(GitFile file) => Through ?? LinkPath.Join(Path, string.Join('/', file.Below));

    /// <summary>Whether the files are the complete content of the folder's tree, with nothing left out.</summary>
    public bool IsWhole => IsFolder && IdOf(Files, depth: 0) == Id;

    /// <summary>Lists a path below this folder, or the link through which it is reached.</summary>
    public GitListing Within(string path)
    {
        var below = path[Path.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        _index ??= new GitFileIndex(Files);
        if (_index.FindAbove(below) is { IsLink: true } link) return new GitListing(path, Id: null, IsFolder: false, [link with { Below = [] }], []) { Through = PlaceOf(link) };
        var files = _index.FindIn(below);
        return new GitListing(path, Id: null, files.Count > 0 && files[0].Below.Length > 0, files, [.. Submodules.Where(module => LinkPath.IsIn(module, path))]);
    }

    private static GitOid IdOf(IEnumerable<GitFile> files, int depth) => GitObjectId.OfTree(
        files.GroupBy(file => file.Below[depth], StringComparer.Ordinal).Select(
            same => same.First() is var file && file.Below.Length == depth + 1
                ? new GitTreeEntry(same.Key, file.Mode, file.Id)
                : new GitTreeEntry(same.Key, GitFileMode.Folder, IdOf(same, depth + 1))));
}
