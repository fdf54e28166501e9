using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>Collects the artifacts that were requested by name, and that none of the collections in which they were requested has.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class UnknownArtifacts
{
    private readonly Dictionary<string, int> _requested = new(StringComparer.Ordinal);
    private readonly List<UnknownArtifact> _missing = [];

    /// <summary>The artifacts that no collection has, each once, with the error of the first collection.</summary>
    public IReadOnlyList<UnknownArtifact> Everywhere => _missing.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() == _requested[group.Key]).Select(group => group.First()).ToList();

    /// <summary>Adds a collection.</summary>
    /// <param name="filter">The filter that was requested in it.</param>
    /// <param name="missing">The names that it does not have.</param>
    public void Add(ArtifactFilter filter, IEnumerable<UnknownArtifact> missing)
    {
        foreach (var name in filter.LiteralNames.Distinct(StringComparer.Ordinal))
        {
            _requested[name] = _requested.GetValueOrDefault(name) + 1;
        }

        _missing.AddRange(missing.DistinctBy(one => one.Name, StringComparer.Ordinal));
    }
}
