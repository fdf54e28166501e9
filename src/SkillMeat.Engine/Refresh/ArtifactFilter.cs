using System.IO.Enumeration;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>Which artifacts an operation is about. An empty list lets everything pass.</summary>
/// <param name="Types">The types that pass.</param>
/// <param name="NamePatterns">The names that pass, without regard to case; <c>*</c> and <c>?</c> as everywhere.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactFilter(IReadOnlyList<ArtifactType> Types, IReadOnlyList<string> NamePatterns)
{
    /// <summary>Lets everything pass.</summary>
    public static ArtifactFilter Everything { get; } = new([], []);

    /// <summary>Makes a filter of what a person typed.</summary>
    /// <param name="types">Types; a text may hold several with commas between.</param>
    /// <param name="namePatterns">Name patterns.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an unknown or empty type (the message lists the valid ones), or an empty pattern.</exception>
    public static ArtifactFilter Parse(IEnumerable<string> types, IEnumerable<string> namePatterns)
    {
        var patterns = namePatterns.ToList();
        return patterns.Exists(string.IsNullOrWhiteSpace)
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, "A name pattern is empty; '*' means every name.")
            : new ArtifactFilter(types.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)).Select(ArtifactType.Parse).Distinct().ToList(), patterns);
    }

    /// <summary>Says whether an artifact passes.</summary>
    /// <param name="id">The artifact.</param>
    /// <returns>True when its type and its name do.</returns>
    public bool Matches(ArtifactId id) =>
        (Types.Count == 0 || Types.Contains(id.Type))
        && (NamePatterns.Count == 0 || NamePatterns.Any(p => FileSystemName.MatchesSimpleExpression(p.Replace("\\", "\\\\", StringComparison.Ordinal), id.Name)));
}
