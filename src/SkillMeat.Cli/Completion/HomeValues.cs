using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Completion;

/// <summary>The values that a home offers to complete a command line. Reads only.</summary>
/// <param name="home">The home that the command line names, or null for the default.</param>
/// <param name="collections">The collections that the command line names.</param>
/// <param name="types">The types that the command line names.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class HomeValues(string? home, IReadOnlyList<string> collections, IReadOnlyList<string> types, Func<string, string?> environment)
{
    private const int MostSnapshots = 100;

    private readonly Lazy<CollectionStore> _store = new(() => CollectionStore.OpenToRead(HomeFolder.Find(home, environment)));

    /// <summary>The collections.</summary>
    public IEnumerable<Candidate> Collections => Read(() => _store.Value.ListNames().Select(name => new Candidate(name, name == _store.Value.ActiveCollection ? "active" : "")));

    /// <summary>The artifacts by name, or by id where several have the name or a type was typed.</summary>
    /// <param name="typed">The text so far.</param>
    public IEnumerable<Candidate> Artifacts(string typed) => Read(() =>
    {
        var filter = ArtifactFilter.Parse(types, []);
        return Named.SelectMany(collection => collection.Artifacts).Where(filter.Matches).DistinctBy(artifact => artifact.ArtifactId)
            .GroupBy(artifact => artifact.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Select(artifact => new Candidate(
                group.Count() > 1 || typed.Contains(':', StringComparison.Ordinal) ? artifact.ArtifactId : artifact.Name,
                artifact.Description is null ? artifact.Type : $"{artifact.Type}: {artifact.Description}")));
    });

    /// <summary>The groups.</summary>
    public IEnumerable<Candidate> Groups => Read(() => Named.SelectMany(collection => collection.GroupDefinitions).Where(one => one.Name is not null).Select(one => new Candidate(one.Name!, one.Members.ToString())));

    /// <summary>The MCP servers.</summary>
    public IEnumerable<Candidate> McpServers => Read(() => Named.SelectMany(collection => collection.McpServers).Where(one => one.Name is not null).Select(one => new Candidate(one.Name!, one.Description ?? "")));

    /// <summary>The tag definitions.</summary>
    public IEnumerable<Candidate> Tags => Read(() => Named.SelectMany(collection => collection.TagDefinitions).Where(one => one.Name is not null).Select(one => new Candidate(one.Name!, one.Description ?? "")));

    /// <summary>The snapshots, the newest first.</summary>
    public IEnumerable<Candidate> Snapshots => Read(() => Named
        .SelectMany(collection => new CollectionSnapshots(_store.Value).List(collection.Name, take: MostSnapshots).Snapshots)
        .OrderByDescending(snapshot => snapshot.SnapshotId, StringComparer.Ordinal)
        .Select(snapshot => new Candidate(snapshot.SnapshotId, snapshot.Problem ?? snapshot.Message)));

    /// <summary>The repositories and folders that artifacts come from.</summary>
    public IEnumerable<Candidate> Sources => Read(() => Named.SelectMany(collection => SourceFilter.List(collection, environment)).Distinct(StringComparer.Ordinal).Select(source => new Candidate(source, "")));

    /// <summary>The registered projects by name.</summary>
    public IEnumerable<Candidate> Projects => Read(() => new ProjectRegistry(_store.Value).List().Select(project => new Candidate(project.Name, project.IsMissing ? "missing" : project.Path)));

    /// <summary>The registered marketplaces by name.</summary>
    public IEnumerable<Candidate> Marketplaces => Read(() => new MarketplaceRegistry(_store.Value).FindNames([]).Select(name => new Candidate(name, "")));

    /// <summary>The artifacts that lie in projects without a record.</summary>
    /// <param name="projects">The projects that the command line names; none for the user's own folders.</param>
    /// <param name="typed">The text so far.</param>
    public IEnumerable<Candidate> Unrecorded(IReadOnlyList<string> projects, string typed) => Read(() =>
        new ArtifactAdopter(_store.Value, environment).List(new AdoptRequest { Projects = projects, IncludeUser = projects.Count == 0, Types = types }).Select(ArtifactId.Parse)
            .Select(id => new Candidate(typed.Contains(':', StringComparison.Ordinal) ? id.ToString() : id.Name, id.Type.Name)));

    /// <summary>The coding agents.</summary>
    public IEnumerable<Candidate> Profiles => Read(() => new ProfileDetector(_store.Value, environment).List().Select(profile => new Candidate(profile.Profile, profile.IsOnMachine ? "on this machine" : "")));

    private IEnumerable<Collection> Named => CollectionNames.Resolve(_store.Value, collections).Select(name => _store.Value.Read(name));

    // A home that is missing or cannot be read has nothing to offer. The command itself reports that.
    private static List<Candidate> Read(Func<IEnumerable<Candidate>> read)
    {
        try
        {
            return read().ToList();
        }
        catch (Exception e) when (e is SkillMeatException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
