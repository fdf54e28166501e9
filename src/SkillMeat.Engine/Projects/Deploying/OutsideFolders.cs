using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>Finds the real folders in which a change of projects works, for their locks. Remembers what it found, so it is for one plan. Not thread-safe.</summary>
/// <remarks>A project is locked as a whole. Of the user, each existing folder on the way to the copies is, because the home folder has much else in it.</remarks>
/// <param name="home">The home, into which no path may lead.</param>
internal sealed class OutsideFolders(string home)
{
    private readonly Dictionary<string, (string Existing, string Real)> _found = new(StringComparer.Ordinal);
    private readonly ProtectedFolders _protected = new(home);

    /// <summary>Returns the folder to lock for a path, and the path without links in its folder.</summary>
    /// <param name="site">The project.</param>
    /// <param name="path">The full path of a copy or of a file of records or settings, which need not exist.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a link leads out of a project or into the home, or something on the way is no folder.</exception>
    public (string Folder, string Path) Find(ProjectSite site, string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (!_found.TryGetValue(parent, out var found)) _found[parent] = found = FindExisting(path);
        var (existing, real) = found;
        var below = Path.GetRelativePath(existing, path);
        if (site.User is not null) return (real, Path.Combine(real, below));
        return real == site.Folder || PathEquality.IsIn(site.Folder, real)
            ? (site.Folder, Path.Combine(real, below))
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot use '{path}': a link on the way leads out of the project, to '{real}'.");
    }

    private (string Existing, string Real) FindExisting(string path)
    {
        var existing = Path.GetDirectoryName(path)!;
        while (!Directory.Exists(existing))
        {
            if (Disk.HasEntry(existing)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot use '{path}': '{existing}' is not a folder.");
            existing = Path.GetDirectoryName(existing)!;
        }

        var real = LinkTarget.RealFolder(existing);
        return _protected.Include(real) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot use '{path}': a link on the way leads into the SkillMeat home, to '{real}'.") : (existing, real);
    }
}
