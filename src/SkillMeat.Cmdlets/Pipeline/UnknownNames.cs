using SkillMeat.Checks;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Collects the given names that no artifact has. With several collections, a name is known if one of them has it.</summary>
/// <param name="typed">The given names. An artifact from the pipeline, in contrast, must be in its own collection.</param>
/// <param name="collections">The number of collections.</param>
internal sealed class UnknownNames(IReadOnlyCollection<string> typed, int collections)
{
    private readonly List<UnknownArtifact> _unknown = [];

    /// <summary>The unknown names, each once.</summary>
    public IEnumerable<UnknownArtifact> Everywhere => _unknown.GroupBy(u => u.Name).Where(g => !typed.Contains(g.Key) || g.Count() == collections).Select(g => g.First());

    public void Add(IEnumerable<UnknownArtifact> ofCollection) => _unknown.AddRange(ofCollection);
}
