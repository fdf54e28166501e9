namespace SkillMeat.Collections;

/// <summary>The ids of a collection's artifacts.</summary>
internal sealed class KnownIds(IReadOnlyList<Artifact> artifacts)
{
    private readonly HashSet<ArtifactId> _exact = artifacts.Select(a => a.Id).ToHashSet();
    private readonly Lazy<ILookup<string, ArtifactId>> _alike = new(() => artifacts.Select(a => a.Id).ToLookup(id => id.ToString(), StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns each id itself if an artifact has it, else the only one that differs in case, else the id itself.</summary>
    public IEnumerable<ArtifactId> Resolve(IEnumerable<ArtifactId> ids) => ids.Select(id => _exact.Contains(id) ? id : _alike.Value[id.ToString()].ToList() is [var only] ? only : id);
}
