using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Deployments;

/// <summary>Chooses projects by the names of registered ones, or by paths.</summary>
internal sealed class ProjectFilter(IReadOnlyList<NamePattern> wanted)
{
    private readonly IReadOnlyList<(NamePattern Pattern, string? Folder)> _wanted = [.. wanted.Select(pattern => (pattern, FolderOf(pattern)))];

    /// <summary>Whether a project is chosen.</summary>
    public bool Includes(KnownSite site) => _wanted.Count == 0 || _wanted.Any(one => Fits(one.Pattern, one.Folder, site));

    /// <summary>Checks that each named project is known.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: the home does not know one.</exception>
    public void Check(IReadOnlyList<SiteState> sites)
    {
        foreach (var (pattern, _) in _wanted.Where(one => one.Pattern.IsLiteral && !sites.Any(site => Fits(one.Pattern, one.Folder, site.Site))))
        {
            throw new SkillMeatException(
                ErrorIds.ProjectNotFound, $"This home knows no project '{VisibleText.Line(pattern.Text)}'. 'Register-SkmProject' and 'skm project register' register one.");
        }
    }

    private static bool Fits(NamePattern pattern, string? folder, KnownSite site) =>
        (site.Name is { } name && pattern.Fits(name)) || pattern.Fits(site.Site.Folder) || (folder is not null && PathEquality.Comparer.Equals(folder, site.Site.Folder));

    private static string? FolderOf(NamePattern pattern)
    {
        if (!pattern.IsLiteral || pattern.Text.Length == 0 || pattern.Text.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pattern.Text));
        return Directory.Exists(full) ? ProjectFolder.RealPath(full) : full;
    }
}
