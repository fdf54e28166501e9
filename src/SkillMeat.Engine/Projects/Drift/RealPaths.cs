using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Drift;

/// <summary>Finds paths without links in their folders. Remembers what it found, so it is for one operation. Not thread-safe.</summary>
internal sealed class RealPaths
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>Returns a path without links in its folder. It may be a link itself.</summary>
    /// <exception cref="Errors.StorageException">The path cannot be resolved.</exception>
    public string Of(string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (!_folders.TryGetValue(parent, out var real)) _folders[parent] = real = Directory.Exists(parent) ? LinkTarget.RealFolder(parent) : parent;
        return Path.Combine(real, Path.GetFileName(path));
    }

    /// <summary>Returns the path to which a link leads, by way of others where needed, without links in it.</summary>
    /// <exception cref="Errors.StorageException">The links form a cycle, or the path cannot be resolved.</exception>
    public string OfTarget(string link) => Of(LinkTarget.Resolve(link));
}
