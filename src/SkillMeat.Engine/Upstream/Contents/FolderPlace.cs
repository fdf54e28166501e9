using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>A folder on this machine that artifacts come from, and the git working tree around it, within which links are followed.</summary>
/// <param name="Root">The full path of the working tree; of the folder itself if there is none.</param>
/// <param name="Prefix">The path of the folder in it, separated by <c>/</c>; empty if they are the same.</param>
internal sealed record FolderPlace(string Root, string Prefix)
{
    private const int MostParents = 32;

    /// <summary>Finds the place of a folder.</summary>
    /// <param name="folder">The full path.</param>
    /// <param name="within">The folder out of which no link is followed, even if the working tree is larger; null for none.</param>
    public static FolderPlace Of(string folder, string? within = null)
    {
        var found = Find(folder);
        if (within is null || PathEquality.Comparer.Equals(within, found.Root) || PathEquality.IsIn(within, found.Root)) return found;
        return PathEquality.IsIn(within, folder) ? new FolderPlace(within, Path.GetRelativePath(within, folder).Replace(Path.DirectorySeparatorChar, '/')) : new FolderPlace(folder, "");
    }

    private static FolderPlace Find(string folder)
    {
        var names = new List<string>();
        for (var above = folder; above is not null && names.Count < MostParents; above = Path.GetDirectoryName(above))
        {
            if (Path.Exists(Path.Combine(above, ".git"))) return new FolderPlace(above, string.Join('/', names));
            // The folder above a link is another one than that above its target.
            if (new DirectoryInfo(above).LinkTarget is not null) break;
            names.Insert(0, Path.GetFileName(above));
        }

        return new FolderPlace(folder, "");
    }

    /// <summary>Returns the full path of a path in the repository.</summary>
    public string FullPath(string path) => path.Length == 0 ? Root : Path.Combine(Root, path);

    /// <summary>Returns a path in the repository as one in the folder, for messages.</summary>
    public string Below(string path) => Prefix.Length > 0 && path.StartsWith(Prefix + "/", StringComparison.Ordinal) ? path[(Prefix.Length + 1)..] : path;

    /// <summary>Returns the error for a path that changes while it is read.</summary>
    public StorageException Changing(string path) => new(ErrorIds.ConcurrentChange, FullPath(path), $"cannot read {FullPath(path)}: another program is changing it");
}
