using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>Decides whether a link may be written: only if it leads to something within the folder that is written, also by way of other links.</summary>
internal sealed class LinkRules(IEnumerable<string> links)
{
    private readonly HashSet<string> _links = new(links, StringComparer.OrdinalIgnoreCase);

    /// <param name="path">The link's path below the folder.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="folder">The folder, for the message.</param>
    /// <exception cref="StorageException">It leads out, or may do so.</exception>
    public void Check(string path, string target, string folder)
    {
        if (!StaysInside(path, target)) throw new StorageException(ErrorIds.StorageFailed, Path.Combine(folder, path), $"cannot write the link {Path.Combine(folder, path)}: it leads out of {folder}");
    }

    /// <summary>Whether a link leads to something within the folder, as far as the texts of the links tell.</summary>
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

            // Behind a link, `..` is the parent of where that leads, which depends on more than these texts. The parent of the folder itself is outside.
            if (place.Count == 0 || _links.Contains(string.Join('/', place))) return false;
            place.RemoveAt(place.Count - 1);
        }

        return true;
    }

    // What is rooted on Windows only is refused everywhere: the folder may be copied there.
    private static bool IsRooted(string target) => target[0] is '/' or '\\' || (target.Length > 1 && target[1] == ':');
}
