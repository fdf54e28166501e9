using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Selects the artifacts of an operation by type and name. An empty list matches everything.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactFilter
{
    private readonly IReadOnlyList<NamePattern> _names = [];
    private SelectedArtifacts? _named;
    private SelectedArtifacts? _selected;
    private HashSet<ArtifactId>? _within;

    /// <summary>The filter that matches every artifact.</summary>
    public static ArtifactFilter Everything { get; } = new();

    /// <summary>The types to match.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The names to match.</summary>
    public IReadOnlyList<NamePattern> Names
    {
        get => _names;
        init
        {
            _names = value;
            _named = value.Count == 0 ? null : new SelectedArtifacts([], value);
        }
    }

    /// <summary>Whether the filter names artifacts, rather than all artifacts or all of a type.</summary>
    internal bool NamesArtifacts => Names.Count > 0 || _selected is not null || _within is not null;

    /// <summary>The names and ids of single artifacts, in the text in which <see cref="FindUnknownNames"/> returns them.</summary>
    internal IEnumerable<string> LiteralNames => (_named?.LiteralNames ?? []).Concat(_selected?.LiteralNames ?? []);

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
    /// <param name="ids">The ids of the artifacts.</param>
    /// <returns>The narrower filter, which matches nothing if there are no ids.</returns>
    public ArtifactFilter Among(IEnumerable<ArtifactId> ids) => Among(ids, []);

    /// <summary>Returns the same filter, restricted to the artifacts that have one of some ids or match one of some names.</summary>
    /// <param name="ids">The ids of the artifacts.</param>
    /// <param name="names">The names.</param>
    /// <returns>The narrower filter, which matches nothing if there are neither ids nor names.</returns>
    public ArtifactFilter Among(IEnumerable<ArtifactId> ids, IEnumerable<NamePattern> names) => this with { _selected = new SelectedArtifacts(ids, names) };

    /// <summary>Returns the same filter, restricted to some artifacts of a collection in addition to everything else that it requires.</summary>
    /// <param name="ids">The ids of the artifacts.</param>
    /// <returns>The narrower filter, which matches nothing if there are no ids.</returns>
    public ArtifactFilter Within(IEnumerable<ArtifactId> ids) => this with { _within = _within is null ? [.. ids] : [.. ids.Where(_within.Contains)] };

    /// <summary>
    /// Returns the same filter for a collection: an id that no artifact has means the only one that differs in case, and a pattern that is exactly the name or id of an artifact means that
    /// artifact.
    /// </summary>
    /// <param name="artifacts">All artifacts of the collection.</param>
    /// <returns>The filter.</returns>
    public ArtifactFilter For(IReadOnlyList<Artifact> artifacts) =>
        this with { Names = _named?.ExactNames(artifacts) ?? Names, _selected = _selected?.For(artifacts) };

    /// <summary>Whether <see cref="For"/> can differ from the filter itself.</summary>
    public bool DependsOnCollection => _selected is not null || Names.Any(n => !n.IsLiteral);

    /// <summary>Checks whether an artifact matches.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <returns>True if its type and name match.</returns>
    public bool Matches(Artifact artifact) => Matches(artifact.Id);

    /// <summary>Finds the literal names that no artifact of the types has, and the selected artifacts that do not exist.</summary>
    /// <param name="artifacts">All existing artifacts.</param>
    /// <returns>The unknown names, as typed.</returns>
    public IReadOnlyList<string> FindUnknownNames(IReadOnlyList<Artifact> artifacts)
    {
        var ofType = Types.Count == 0 ? artifacts : artifacts.Where(a => Types.Contains(a.Id.Type)).ToList();
        return [.. _named?.FindUnknown(ofType) ?? [], .. _selected?.FindUnknown(artifacts) ?? []];
    }

    internal bool Matches(ArtifactId id) =>
        (Types.Count == 0 || Types.Contains(id.Type))
        && (_named is null || _named.Contains(id))
        && (_selected is null || _selected.Contains(id))
        && (_within is null || _within.Contains(id));
}
