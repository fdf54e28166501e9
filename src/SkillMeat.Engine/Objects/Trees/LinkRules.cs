using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>Checks that links lead only to targets within the folder that is written, even by way of other links.</summary>
internal sealed class LinkRules(IEnumerable<string> links)
{
    private readonly HashSet<string> _links = new(links, StringComparer.OrdinalIgnoreCase);

    /// <param name="path">The path of the link, relative to the folder.</param>
    /// <param name="target">The target of the link.</param>
    /// <param name="folder">The folder, for the message.</param>
    /// <exception cref="StorageException">The link leads out of the folder, or might do so.</exception>
    public void Check(string path, string target, string folder)
    {
        if (!StaysInside(path, target)) throw new StorageException(ErrorIds.StorageFailed, Path.Combine(folder, path), $"cannot write the link {Path.Combine(folder, path)}: it leads out of {folder}");
    }

    /// <summary>Whether a link leads to a target within the folder, as far as the texts of the links tell.</summary>
    public bool StaysInside(string path, string target)
    {
        if (target.Length == 0 || target.Contains('\0', StringComparison.Ordinal) || IsRooted(target)) return false;
        var place = path.Split('/')[..^1].ToList();
        foreach (var part in target.Split(OperatingSystem.IsWindows() ? ['/', '\\'] : ['/']))
        {
            if (part is "" or ".") continue;
            if (part != "..")
            {
                place.Add(part);
                continue;
            }

            // After a link, `..` is the parent of the link's target, which these texts do not tell. The parent of the folder itself is outside.
            if (place.Count == 0 || _links.Contains(string.Join('/', place))) return false;
            place.RemoveAt(place.Count - 1);
        }

        return true;
    }

    // Paths that are rooted only on Windows are refused everywhere, because the folder may be copied there.
    private static bool IsRooted(string target) => target[0] is '/' or '\\' || (target.Length > 1 && target[1] == ':');
}
