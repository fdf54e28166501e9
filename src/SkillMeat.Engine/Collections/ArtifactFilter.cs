using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Selects the artifacts of an operation by type and name. An empty list matches everything.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactFilter
{
    private readonly HashSet<ArtifactId> _ids = [];

    /// <summary>The filter that matches every artifact.</summary>
    public static ArtifactFilter Everything { get; } = new();

    /// <summary>The types to match.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The names to match.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    private HashSet<ArtifactId> Ids
    {
        init => _ids = value;
    }

    /// <summary>Whether the filter names artifacts, rather than all artifacts or all of a type.</summary>
    internal bool NamesArtifacts => Names.Count > 0 || _ids.Count > 0;

    /// <summary>Creates a filter from user input.</summary>
    /// <param name="types">The types. An item may be a comma-separated list.</param>
    /// <param name="namePatterns">The name patterns, with <c>*</c> and <c>?</c>, ignoring case.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an unknown or empty type (the message lists the valid ones), or an empty pattern.</exception>
    public static ArtifactFilter Parse(IEnumerable<string> types, IEnumerable<string> namePatterns) => Of(types, namePatterns.Select(NamePattern.Simple));

    /// <summary>Creates a filter from types as typed by the user, and from names.</summary>
    /// <param name="types">The types. An item may be a comma-separated list.</param>
    /// <param name="names">The names.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an unknown or empty type (the message lists the valid ones), or an empty name.</exception>
    public static ArtifactFilter Of(IEnumerable<string> types, IEnumerable<NamePattern> names)
    {
        var patterns = names.ToList();
        return patterns.Exists(p => string.IsNullOrWhiteSpace(p.Text))
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, "A name pattern is empty. Use '*' to match every name.")
            : new ArtifactFilter
            {
                Types = types.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)).Select(ArtifactType.Parse).Distinct().ToList(),
                Names = patterns,
            };
    }

    /// <summary>Returns the same filter, restricted to some artifacts.</summary>
    /// <param name="ids">The artifacts. If there are none, the filter is not restricted.</param>
    /// <returns>The narrower filter.</returns>
    public ArtifactFilter Among(IEnumerable<ArtifactId> ids) => this with { Ids = ids.ToHashSet() };

    /// <summary>Checks whether an artifact matches.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <returns>True if its type and name match.</returns>
    public bool Matches(Artifact artifact) => Matches(artifact.Id);

    /// <summary>Finds the literal names that no artifact of the types has, and the named artifacts that do not exist.</summary>
    /// <param name="artifacts">All existing artifacts.</param>
    /// <returns>The unknown names, as typed.</returns>
    public IReadOnlyList<string> FindUnknownNames(IReadOnlyList<Artifact> artifacts)
    {
        var known = artifacts.Select(a => a.Id).ToHashSet();
        return Names.Where(n => n.IsLiteral && !known.Any(id => (Types.Count == 0 || Types.Contains(id.Type)) && n.Matches(id))).Select(n => n.Text)
            .Concat(_ids.Where(id => !known.Contains(id)).Select(id => id.ToString()))
            .ToList();
    }

    internal bool Matches(ArtifactId id) =>
        (Types.Count == 0 || Types.Contains(id.Type))
        && (Names.Count == 0 || Names.Any(n => n.Matches(id)))
        && (_ids.Count == 0 || _ids.Contains(id));
}
