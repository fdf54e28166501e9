using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Which artifacts an operation is about. What is empty lets everything pass.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactFilter
{
    private readonly HashSet<ArtifactId> _ids = [];

    /// <summary>Lets everything pass.</summary>
    public static ArtifactFilter Everything { get; } = new();

    /// <summary>The types that pass.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The names that pass.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    private HashSet<ArtifactId> Ids
    {
        init => _ids = value;
    }

    /// <summary>Whether particular artifacts are asked for, rather than all or all of a type.</summary>
    internal bool NamesArtifacts => Names.Count > 0 || _ids.Count > 0;

    /// <summary>Makes a filter of what a person typed.</summary>
    /// <param name="types">Types; a text may hold several with commas between.</param>
    /// <param name="namePatterns">Name patterns with <c>*</c> and <c>?</c>, without regard to case.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an unknown or empty type (the message lists the valid ones), or an empty pattern.</exception>
    public static ArtifactFilter Parse(IEnumerable<string> types, IEnumerable<string> namePatterns) => Of(types, namePatterns.Select(NamePattern.Simple));

    /// <summary>Makes a filter of types that a person typed and of names.</summary>
    /// <param name="types">Types; a text may hold several with commas between.</param>
    /// <param name="names">The names.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an unknown or empty type (the message lists the valid ones), or an empty name.</exception>
    public static ArtifactFilter Of(IEnumerable<string> types, IEnumerable<NamePattern> names)
    {
        var patterns = names.ToList();
        return patterns.Exists(p => string.IsNullOrWhiteSpace(p.Text))
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, "A name pattern is empty; '*' means every name.")
            : new ArtifactFilter
            {
                Types = types.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)).Select(ArtifactType.Parse).Distinct().ToList(),
                Names = patterns,
            };
    }

    /// <summary>The same filter, but only for these artifacts.</summary>
    /// <param name="ids">The artifacts; none lets all pass.</param>
    /// <returns>The narrower filter.</returns>
    public ArtifactFilter Among(IEnumerable<ArtifactId> ids) => this with { Ids = ids.ToHashSet() };

    /// <summary>Says whether an artifact passes.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <returns>True when its type and its name do.</returns>
    public bool Matches(Artifact artifact) => Matches(artifact.Id);

    /// <summary>Finds the names that were typed in full, and the artifacts that were named, that are not there.</summary>
    /// <param name="artifacts">All artifacts there are.</param>
    /// <returns>The names, as typed.</returns>
    public IReadOnlyList<string> FindUnknownNames(IReadOnlyList<Artifact> artifacts)
    {
        var known = artifacts.Select(a => a.Id).ToHashSet();
        return Names.Where(n => n.IsLiteral && !known.Any(n.Matches)).Select(n => n.Text)
            .Concat(_ids.Where(id => !known.Contains(id)).Select(id => id.ToString()))
            .ToList();
    }

    internal bool Matches(ArtifactId id) =>
        (Types.Count == 0 || Types.Contains(id.Type))
        && (Names.Count == 0 || Names.Any(n => n.Matches(id)))
        && (_ids.Count == 0 || _ids.Contains(id));
}
