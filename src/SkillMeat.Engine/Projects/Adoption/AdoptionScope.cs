using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption;

/// <summary>A project or the user's own folders, and what is wanted there.</summary>
/// <param name="Site">The project.</param>
/// <param name="Filter">The types, names and profiles.</param>
/// <param name="Selections">The selections, one of which must name the artifact; null for all.</param>
/// <remarks>Immutable.</remarks>
internal sealed record AdoptionScope(ProjectSite Site, DriftFilter Filter, IReadOnlyList<AdoptSelection>? Selections)
{
    /// <summary>Returns the scopes of a request. A project can have several, with different profiles.</summary>
    /// <exception cref="Errors.SkillMeatException">A project, type or profile is unknown, or none is named.</exception>
    public static IReadOnlyList<AdoptionScope> Find(AdoptRequest request, CollectionStore store, AgentFolders user)
    {
        var (finder, filter) = (new SiteFinder(store, user), FilterOf(request));
        var whole = request.Selections.Count == 0 || request.Projects.Count > 0 || request.IncludeUser ? finder.Find(request.Projects, request.IncludeUser) : [];
        var selected = request.Selections.GroupBy(one => one.Project, StringComparer.Ordinal)
            .SelectMany(same => finder.Find(same.Key is null ? [] : [same.Key], includeUser: same.Key is null).SelectMany(site => same.Select(one => (Site: site, Selection: one))))
            .Where(one => !whole.Contains(one.Site))
            .GroupBy(one => (one.Site, Profile: one.Selection.Profile is { } named ? ProfileTable.Find(named) : null))
            .Where(group => group.Key.Profile is null || filter.IncludesProfile(group.Key.Profile.Id))
            .Select(group => new AdoptionScope(group.Key.Site, group.Key.Profile is null ? filter : filter with { Profiles = [group.Key.Profile] }, [.. group.Select(one => one.Selection)]));
        return [.. whole.Select(site => new AdoptionScope(site, filter, Selections: null)), .. selected];
    }

    /// <summary>Whether a selection names a candidate.</summary>
    public bool Includes(AdoptionCandidate candidate) => Selections?.Any(one => one.Path is { } path && Path.IsPathFullyQualified(path)
        ? (one.ArtifactId is null || IsOfType(one.ArtifactId, candidate)) && IsAt(path, candidate.Path)
        : one.ArtifactId is null || one.ArtifactId.Equals(candidate.Artifact.ToString(), StringComparison.OrdinalIgnoreCase)) ?? true;

    // The collection can have the artifact under another name than the copy.
    private static bool IsOfType(string id, AdoptionCandidate candidate) => id.StartsWith($"{candidate.Artifact.Type}:", StringComparison.OrdinalIgnoreCase);

    private static DriftFilter FilterOf(AdoptRequest request) =>
        new([.. request.Types.Select(ArtifactType.Parse)], request.Names, [.. request.Profiles.Where(profile => profile != "*").Select(ProfileTable.Parse)]);

    // An agent's link to a copy is a path of it.
    private static bool IsAt(string path, string copy)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (PathEquality.Comparer.Equals(full, copy)) return true;
        var real = new RealPaths();
        return Path.GetFileName(full).Length > 0 && Disk.HasEntry(full) && PathEquality.Comparer.Equals(real.OfTarget(full), real.OfTarget(copy));
    }
}
