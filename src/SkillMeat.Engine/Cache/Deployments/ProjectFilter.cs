using SkillMeat.Collections;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Deployments;

/// <summary>Chooses projects by the names of registered ones, or by paths.</summary>
internal sealed class ProjectFilter(IReadOnlyList<NamePattern> wanted)
{
    private readonly IReadOnlyList<(NamePattern Pattern, string? Folder)> _wanted = [.. wanted.Select(pattern => (pattern, FolderOf(pattern)))];

    /// <summary>Whether a project is chosen.</summary>
    public bool Includes(KnownSite site) => _wanted.Count == 0 || _wanted.Any(one => Fits(one.Pattern, one.Folder, site));

    /// <summary>Returns the names and paths that fit no project.</summary>
    public IEnumerable<string> FindUnknown(IReadOnlyList<SiteState> sites) => _wanted.Where(one => one.Pattern.IsLiteral && !sites.Any(site => Fits(one.Pattern, one.Folder, site.Site))).Select(one => one.Pattern.Text);

    private static bool Fits(NamePattern pattern, string? folder, KnownSite site) => (site.Name is { } name && pattern.Fits(name)) || pattern.Fits(site.Site.Folder) || (folder is not null && PathEquality.Comparer.Equals(folder, site.Site.Folder));

    private static string? FolderOf(NamePattern pattern)
    {
        if (!pattern.IsLiteral || pattern.Text.Length == 0 || pattern.Text.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pattern.Text));
        return Directory.Exists(full) ? ProjectFolder.RealPath(full) : full;
    }
}
