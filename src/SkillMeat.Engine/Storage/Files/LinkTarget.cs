using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>Resolves links, so that the target is replaced and the link stays a link.</summary>
internal static class LinkTarget
{
    // The limit of Linux, before it fails with "too many levels of symbolic links".
    private const int MaxLinks = 40;

    /// <summary>Returns the path after following all links, which need not exist, or the full path itself if it is not a link.</summary>
    /// <exception cref="StorageException">The links form a cycle.</exception>
    public static string Resolve(string path)
    {
        var current = Path.GetFullPath(path);
        try
        {
            for (var links = 0; links <= MaxLinks; links++)
            {
                if (new FileInfo(current).LinkTarget is not { } target) return current;
                current = Follow(current, target);
            }
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "follow the link", path);
        }

        throw new StorageException(ErrorIds.StorageFailed, path, $"cannot follow the link {path}: its links form a cycle");
    }

    /// <summary>Whether a link leads to a file or folder that exists.</summary>
    /// <exception cref="StorageException">The system cannot tell.</exception>
    public static bool Exists(string link)
    {
        try
        {
            return Disk.HasEntry(Resolve(link));
        }
        catch (StorageException e) when (e.InnerException is null)
        {
            // Its links form a cycle.
            return false;
        }
    }

    /// <summary>Returns the path of an existing folder without links in any of its parts.</summary>
    /// <exception cref="StorageException">The path cannot be resolved.</exception>
    public static string RealFolder(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (!OperatingSystem.IsWindows()) return Posix.RealPath(full);
            var parent = Path.GetDirectoryName(full);
            if (parent is null) return full;
            var real = Path.Combine(RealFolder(parent), Path.GetFileName(full));
            return new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealFolder(target.FullName) : real;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "resolve", path);
        }
    }

    private static string Follow(string link, string target)
    {
        var joined = Path.Combine(Path.GetDirectoryName(link)!, target);
        if (OperatingSystem.IsWindows() || !Directory.Exists(Path.GetDirectoryName(joined))) return Path.GetFullPath(joined);

        // `..` after a linked folder means the parent of the real folder, which only the kernel knows.
        var name = Path.GetFileName(joined);
        return name is "" or "." or ".." ? Posix.RealPath(joined) : Path.Combine(Posix.RealPath(Path.GetDirectoryName(joined)!), name);
    }
}
