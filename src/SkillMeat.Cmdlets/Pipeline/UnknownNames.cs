using SkillMeat.Checks;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Names that were typed and that no collection has. Of several collections it is enough that one has an artifact of that name.</summary>
/// <param name="typed">What was typed; an artifact that came through the pipeline must be in its own collection.</param>
/// <param name="collections">How many collections are asked.</param>
internal sealed class UnknownNames(IReadOnlyCollection<string> typed, int collections)
{
    private readonly List<UnknownArtifact> _unknown = [];

    /// <summary>Each name that is worth an error, once.</summary>
    public IEnumerable<UnknownArtifact> Everywhere => _unknown.GroupBy(u => u.Name).Where(g => !typed.Contains(g.Key) || g.Count() == collections).Select(g => g.First());

    public void Add(IEnumerable<UnknownArtifact> ofCollection) => _unknown.AddRange(ofCollection);
}
