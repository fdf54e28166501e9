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
