using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>A collection at one moment: its manifest and lock file, read together.</summary>
/// <remarks>Immutable. Times are UTC.</remarks>
public sealed record Collection
{
    private readonly ArtifactNames _names = new([]);

    /// <summary>The name of the folder under <c>collections/</c>, by which commands refer to the collection.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the manifest, usually the same.</summary>
    public required string Title { get; init; }

    /// <summary>The full path of the folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether this is the home's active collection.</summary>
    public bool IsActive { get; init; }

    /// <summary>The time of its creation, or null if the manifest has none.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The time of the last change of the manifest, or null if the manifest has none.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The number of artifacts.</summary>
    public int ArtifactCount => Artifacts.Count;

    /// <summary>The number of MCP servers in the manifest.</summary>
    public int McpServerCount => McpServers.Count;

    /// <summary>The names of the groups, in the manifest's order.</summary>
    public TextValues Groups { get; init; } = [];

    /// <summary>The MCP servers in the manifest.</summary>
    public ItemList<McpServer> McpServers { get; init; } = [];

    /// <summary>The groups with their members, in the manifest's order.</summary>
    public ItemList<GroupDefinition> GroupDefinitions { get; init; } = [];

    /// <summary>The tags that the manifest defines.</summary>
    public ItemList<TagDefinition> TagDefinitions { get; init; } = [];

    /// <summary>The version of the manifest's format, or null if it names none.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>The values of other keys in the manifest: <c>key</c> at the top, <c>collection.key</c> in the <c>[collection]</c> table.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>The artifacts, in the manifest's order.</summary>
    public required IReadOnlyList<Artifact> Artifacts
    {
        get => _names.Artifacts;
        init => _names = new ArtifactNames(value);
    }

    /// <summary>Finds an artifact by its name or id, ignoring case unless two artifacts differ in case alone.</summary>
    /// <param name="wanted">The name, or <c>type:name</c> if several artifacts share the name.</param>
    /// <returns>The artifact.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: no artifact matches, or more than one; the message says which.</exception>
    public Artifact Find(string wanted) => Find(wanted, type: null);

    /// <summary>Finds artifacts by names, ids and patterns.</summary>
    /// <param name="wanted">A name, <c>type:name</c>, or a pattern of either with <c>*</c> and <c>?</c>, ignoring case.</param>
    /// <param name="type">The type of the artifacts; null for any.</param>
    /// <returns>The artifact of a name or id, which need not be escaped, or the artifacts that fit a pattern; none if no artifact fits it.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: no artifact has the name, or more than one.</exception>
    public IReadOnlyList<Artifact> FindAll(string wanted, ArtifactType? type)
    {
        var pattern = NamePattern.Simple(wanted);
        var isName = pattern.IsLiteral || Artifacts.Any(a => a.Name == wanted || a.ArtifactId == wanted);
        return isName ? [Find(wanted, type)] : Artifacts.Where(a => IsOf(type, a) && pattern.Matches(a.Id)).ToList();
    }

    /// <summary>Finds the only artifact that has a name or id, or that fits a pattern.</summary>
    /// <param name="wanted">The name, <c>type:name</c>, or a pattern of either with <c>*</c> and <c>?</c>.</param>
    /// <returns>The artifact.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: no artifact matches, or more than one; the message says which.</exception>
    public Artifact FindOne(string wanted) => Single(wanted, FindAll(wanted, type: null));

    /// <summary>Finds the members of a group.</summary>
    /// <param name="group">The name of the group, ignoring case.</param>
    /// <returns>The artifacts, in the order of the group.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: there is no such group, or it names an artifact that the collection does not have.</exception>
    public IReadOnlyList<Artifact> FindMembers(string group)
    {
        var found = GroupDefinitions.FirstOrDefault(one => group.Equals(one.Name, StringComparison.OrdinalIgnoreCase));
        if (found is not null) return [.. found.Members.Select(Find)];
        var nearest = NearestName.Find(group, Groups);
        var suggestion = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"Collection '{Name}' has no group '{group}'.{suggestion}") { Nearest = nearest };
    }

    /// <summary>Finds an artifact by its name or id among those of a type.</summary>
    /// <param name="wanted">The name, or <c>type:name</c>.</param>
    /// <param name="type">The type; null for any.</param>
    internal Artifact Find(string wanted, ArtifactType? type)
    {
        // A name may contain a colon, so a match of the whole name comes first.
        var found = _names.Find(wanted, type);
        if (found.Count == 0 && wanted.Contains(':', StringComparison.Ordinal))
        {
            var id = ArtifactId.Parse(wanted);
            found = type is null || type == id.Type ? _names.Find(id.Name, id.Type) : [];
        }

        return Single(wanted, found);
    }

    private static bool IsOf(ArtifactType? type, Artifact artifact) => type is null || artifact.Id.Type == type;

    private Artifact Single(string wanted, IReadOnlyList<Artifact> found) => found switch
    {
        [var one] => one,
        [] => throw Missing(wanted),
        _ => throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{wanted}' is ambiguous: it can be {string.Join(" or ", found.Select(a => a.Id))}. Use one of these ids."),
    };

    /// <summary>Creates the error for an unknown artifact, with a suggestion for a misspelled name.</summary>
    /// <param name="wanted">The name or id that was asked for.</param>
    /// <returns>The error.</returns>
    public SkillMeatException Missing(string wanted)
    {
        var others = Artifacts.Where(a => a.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase) || a.ArtifactId.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count > 0)
        {
            return new SkillMeatException(ErrorIds.ArtifactNotFound, $"Collection '{Name}' has no artifact '{wanted}' of the requested type; it has {string.Join(" and ", others.Select(a => a.Id))}.");
        }

        // Only the name is compared: with the type included, any two skills would look alike.
        var colon = wanted.IndexOf(':', StringComparison.Ordinal);
        var type = colon < 0 ? "" : wanted[..(colon + 1)];
        var names = Artifacts.Where(a => colon < 0 || a.ArtifactId.StartsWith(type, StringComparison.OrdinalIgnoreCase)).Select(a => a.Name);
        var nearest = NearestName.Find(wanted[type.Length..], names) is { } near ? type + near : null;
        var suggestion = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new SkillMeatException(ErrorIds.ArtifactNotFound, $"Collection '{Name}' has no artifact '{wanted}'.{suggestion}") { Nearest = nearest };
    }

    /// <summary>Summarizes the collection for a list.</summary>
    /// <returns>The summary.</returns>
    public CollectionSummary Summarize() => new()
    {
        Name = Name,
        Title = Title,
        IsActive = IsActive,
        ArtifactCount = ArtifactCount,
        McpServers = McpServers,
        Groups = Groups,
        GroupDefinitions = GroupDefinitions,
        TagDefinitions = TagDefinitions,
        FormatVersion = FormatVersion,
        OtherValues = OtherValues,
        Created = Created,
        Updated = Updated,
        Folder = Folder,
    };
}
