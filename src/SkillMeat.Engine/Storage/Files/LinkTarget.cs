using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>Where a path finally points: files are replaced there, so that links stay links.</summary>
internal static class LinkTarget
{
    // What Linux allows before it answers "too many levels of symbolic links".
    private const int MostLinks = 40;

    /// <summary>The file that the path names after following links, which need not exist; the full path itself when it is no link.</summary>
    /// <exception cref="StorageException">The links lead in a circle.</exception>
    public static string Resolve(string path)
    {
        var current = Path.GetFullPath(path);
        try
        {
            for (var links = 0; links <= MostLinks; links++)
            {
                if (new FileInfo(current).LinkTarget is not { } target) return current;
                current = Follow(current, target);
            }
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "follow the link", path);
        }

        throw new StorageException(ErrorIds.StorageFailed, path, $"cannot follow the link {path}: its links lead in a circle");
    }

    private static string Follow(string link, string target)
    {
        var joined = Path.Combine(Path.GetDirectoryName(link)!, target);
        if (OperatingSystem.IsWindows() || !Directory.Exists(Path.GetDirectoryName(joined))) return Path.GetFullPath(joined);

        // `..` after a linked folder means the real folder's parent, which only the kernel can tell.
        var name = Path.GetFileName(joined);
        return name is "" or "." or ".." ? Posix.RealPath(joined) : Path.Combine(Posix.RealPath(Path.GetDirectoryName(joined)!), name);
    }
}
