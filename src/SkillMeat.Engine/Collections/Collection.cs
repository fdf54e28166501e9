using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>A collection as it was at one moment: its manifest and its lock file, read together.</summary>
/// <remarks>Immutable. Times are UTC. JSON has the properties in this order.</remarks>
public sealed record Collection
{
    /// <summary>The name of the folder under <c>collections/</c>, by which commands name the collection.</summary>
    public required string Name { get; init; }

    /// <summary>The name that the manifest gives; as a rule the same.</summary>
    public required string Title { get; init; }

    /// <summary>The collection's folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether this is the home's active collection.</summary>
    public bool IsActive { get; init; }

    /// <summary>When it was made; null when the manifest does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When its manifest last changed; null when the manifest does not say.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>How many artifacts there are.</summary>
    public int ArtifactCount => Artifacts.Count;

    /// <summary>How many MCP servers the manifest lists.</summary>
    public int McpServerCount { get; init; }

    /// <summary>The names of its groups, in the manifest's order.</summary>
    public TextValues Groups { get; init; } = [];

    /// <summary>The artifacts, in the manifest's order.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>Finds the one artifact that a person means.</summary>
    /// <param name="wanted">Its name, or <c>type:name</c> where several share the name.</param>
    /// <returns>The artifact.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: there is none, or several fit; the message says which.</exception>
    public Artifact Find(string wanted)
    {
        // A colon may be part of a name, so a name that fits as a whole comes first.
        var found = Artifacts.Where(a => a.Name == wanted).ToList();
        if (found.Count == 0 && wanted.Contains(':', StringComparison.Ordinal))
        {
            var id = ArtifactId.Parse(wanted);
            found = Artifacts.Where(a => a.Id == id).ToList();
        }

        return found switch
        {
            [var one] => one,
            [] => throw Missing(wanted),
            _ => throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{wanted}' can be {string.Join(" or ", found.Select(a => a.Id))}. Say which."),
        };
    }

    /// <summary>The error for an artifact that is not here, with the name that was probably meant.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <returns>The error.</returns>
    public SkillMeatException Missing(string wanted)
    {
        // The type of an id is no part of what may be misspelled: any two skills would be alike.
        var colon = wanted.IndexOf(':', StringComparison.Ordinal);
        var type = colon < 0 ? "" : wanted[..(colon + 1)];
        var names = Artifacts.Where(a => colon < 0 || a.ArtifactId.StartsWith(type, StringComparison.OrdinalIgnoreCase)).Select(a => a.Name);
        var suggestion = NearestName.Find(wanted[type.Length..], names) is { } nearest ? $" Did you mean '{type}{nearest}'?" : "";
        return new SkillMeatException(ErrorIds.ArtifactNotFound, $"Collection '{Name}' has no artifact '{wanted}'.{suggestion}");
    }

    /// <summary>The collection as it is listed.</summary>
    /// <returns>What a list shows of it.</returns>
    public CollectionSummary Summarize() => new()
    {
        Name = Name,
        Title = Title,
        IsActive = IsActive,
        ArtifactCount = ArtifactCount,
        McpServerCount = McpServerCount,
        Groups = Groups,
        Created = Created,
        Updated = Updated,
        Folder = Folder,
    };
}
