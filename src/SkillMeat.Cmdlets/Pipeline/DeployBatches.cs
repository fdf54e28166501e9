using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Collects artifacts, projects and profiles into as few requests as possible, so that all input of a pipeline is one plan and one transaction wherever it can be. Not thread-safe.</summary>
internal sealed class DeployBatches
{
    private const char Separator = '\n';

    private readonly List<Item> _items = [];

    /// <summary>Adds an artifact in a project.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="artifact">The artifact, as <c>type:name</c>.</param>
    /// <param name="project">The path of the project; null for the user's own folders.</param>
    /// <param name="profiles">The profiles; empty for the default.</param>
    public void Add(string? collection, string artifact, string? project, IReadOnlyList<string> profiles) =>
        _items.Add(new Item(collection, artifact, project, string.Join(Separator, profiles.Distinct(StringComparer.OrdinalIgnoreCase))));

    /// <summary>Creates the requests. Each item is in one of them, and nothing else is.</summary>
    /// <param name="template">The other values of the requests.</param>
    public IReadOnlyList<DeployRequest> ToRequests(DeployRequest template) =>
    [
        .. _items.Distinct()
            .GroupBy(item => (item.Collection, item.Project, item.Profiles), (key, items) => (key.Collection, key.Profiles, key.Project, Artifacts: Join(items.Select(item => item.Artifact))))
            .GroupBy(one => (one.Collection, one.Profiles, one.Artifacts), (key, several) => (key.Collection, key.Profiles, key.Artifacts, Projects: several.Select(one => one.Project).ToList()))
            // The default profile can only stand alone.
            .GroupBy(one => (one.Collection, one.Artifacts, Projects: Join(one.Projects), HasProfiles: one.Profiles.Length > 0), (key, several) => (key.Collection, key.Artifacts, Of: several.ToList()))
            .Select(one => template with
            {
                Collection = one.Collection,
                Artifacts = one.Artifacts.Split(Separator),
                Projects = [.. one.Of[0].Projects.OfType<string>()],
                IncludeUser = one.Of[0].Projects.Contains(null),
                Profiles = [.. one.Of.SelectMany(several => several.Profiles.Split(Separator, StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase)],
            }),
    ];

    private static string Join(IEnumerable<string?> texts) => string.Join(Separator, texts);

    private sealed record Item(string? Collection, string Artifact, string? Project, string Profiles);
}
