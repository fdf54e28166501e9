using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>Recognizes links that lead to the files of a collection. The link on the disk is the fact: the records of Python SkillMeat have no key for it.</summary>
internal static class CollectionLinks
{
    /// <summary>Whether a path is a link that leads to a file or folder, which need not exist.</summary>
    public static bool LeadTo(string path, string target) => Resolve(path) is { } resolved && Resolve(target, isLink: false) is { } wanted && PathEquality.Comparer.Equals(resolved, wanted);

    /// <summary>Whether a path is a link that leads to something in a folder, which need not exist any more.</summary>
    public static bool LeadInto(string path, string folder) => Resolve(path) is { } resolved && Directory.Exists(folder) && PathEquality.IsIn(LinkTarget.RealFolder(folder), resolved);

    /// <summary>Returns what a link into a file or folder that moves has to lead to, written as before: relative or not. Null if it is no link, or leads there only by way of another link.</summary>
    /// <param name="path">The link, without links in its folder.</param>
    /// <param name="from">The full path that moves, where it is now.</param>
    /// <param name="to">The full path where it goes.</param>
    public static string? FindNewTarget(string path, string from, string to)
    {
        if (StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget) is not { } target) return null;
        var folder = Path.GetDirectoryName(path)!;
        if (FindBelow(Path.GetFullPath(target, folder), from) is not { } below) return null;
        var wanted = below == "." ? to : Path.Combine(to, below);
        return Path.IsPathRooted(target) ? wanted : Path.GetRelativePath(folder, RealParents(wanted));
    }

    // The path below a file or folder, or "." for itself, however the folders around it are named.
    private static string? FindBelow(string path, string from)
    {
        var wanted = RealParents(from);
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            if (PathEquality.Comparer.Equals(RealParents(part), wanted)) return Path.GetRelativePath(part, path);
        }

        return null;
    }

    private static string RealParents(string path)
    {
        var existing = Path.GetDirectoryName(path);
        while (existing is not null && !Directory.Exists(existing)) existing = Path.GetDirectoryName(existing);
        return existing is null ? path : Path.Combine(LinkTarget.RealFolder(existing), Path.GetRelativePath(existing, path));
    }

    // The path without links in it, as far as it exists. Null if it is no link, or its links form a cycle.
    private static string? Resolve(string path, bool isLink = true)
    {
        try
        {
            if (isLink && StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget) is null) return null;
            var resolved = LinkTarget.Resolve(path);
            var existing = Path.GetDirectoryName(resolved);
            while (existing is not null && !Directory.Exists(existing)) existing = Path.GetDirectoryName(existing);
            return existing is null ? resolved : Path.Combine(LinkTarget.RealFolder(existing), Path.GetRelativePath(existing, resolved));
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
