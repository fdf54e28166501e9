using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// Collects the collections and artifacts from the pipeline before they are processed, so that a thousand artifacts cost one request for each
/// repository, one snapshot and one transaction, and not one for each artifact. Without input, nothing is done.
/// </summary>
internal sealed class ArtifactTargets
{
    private readonly List<(string[]? Collections, string[] Ids)> _records = [];

    public void Add(string[]? collections, string[] artifactIds) => _records.Add((collections, artifactIds));

    /// <summary>Each collection once, with its given artifacts, or none for all. Null stands for the active collection.</summary>
    public IReadOnlyList<(string? Collection, IReadOnlyList<ArtifactId> Ids)> Resolve(CollectionStore store)
    {
        if (_records is [(null, { Length: 0 })])
        {
            return [(null, [])];
        }

        var order = new List<string>();
        var ids = new Dictionary<string, List<ArtifactId>?>(StringComparer.Ordinal);
        var parsed = _records.Select(r => (r.Collections, Ids: r.Ids.Select(ArtifactId.Parse).ToList()));
        foreach (var (collection, named) in parsed.SelectMany(r => CollectionNames.Resolve(store, r.Collections).Select(c => (c, r.Ids))))
        {
            if (!ids.TryGetValue(collection, out var known))
            {
                order.Add(collection);
                ids[collection] = named.Count == 0 ? null : [.. named];
            }
            else if (named.Count == 0)
            {
                ids[collection] = null;
            }
            else
            {
                known?.AddRange(named);
            }
        }

        return order.Select(c => ((string?)c, (IReadOnlyList<ArtifactId>)(ids[c] ?? []))).ToList();
    }
}
