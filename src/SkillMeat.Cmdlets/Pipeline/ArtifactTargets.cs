using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// Collects the artifacts from the pipeline before they are processed, so that a thousand artifacts cost one request for each repository, one snapshot and one
/// transaction, and not one for each artifact. Without input, nothing is done.
/// </summary>
internal sealed class ArtifactTargets
{
    private readonly List<ArtifactTarget> _targets = [];

    public IReadOnlyList<ArtifactTarget> All => _targets;

    /// <summary>Adds the targets of one record. Without the pipeline, the parameters alone name them.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object does not name an artifact.</exception>
    public void Add(PipedObject? piped, string[]? collections, string[]? ids, bool takesCollection) => _targets.Add(piped is null
        ? new ArtifactTarget(collections, ids?.Select(ArtifactId.Parse).ToList() ?? [], [])
        : ArtifactTarget.Read(piped, collections, ids, takesCollection));

    /// <summary>Adds a target.</summary>
    public void Add(ArtifactTarget target) => _targets.Add(target);

    /// <summary>Resolves the targets to each collection once, with the filter of its artifacts.</summary>
    /// <param name="store">The home.</param>
    /// <param name="filter">The filter that the parameters name.</param>
    /// <param name="groups">The group to which the artifacts are restricted; null for none.</param>
    /// <returns>The collections, in the order of the targets.</returns>
    public IReadOnlyList<(string Collection, ArtifactFilter Filter)> Resolve(CollectionStore store, ArtifactFilter filter, GroupFilter? groups = null)
    {
        var selections = new OrderedSelections();
        foreach (var target in _targets)
        {
            foreach (var collection in CollectionNames.Resolve(store, target.Collections))
            {
                selections.Add(collection, target);
            }
        }

        return selections.All.Select(s => (s.Collection, For(store, s.Collection, s.Targets is null ? filter : filter.Among(s.Targets.SelectMany(t => t.Ids), s.Targets.SelectMany(t => t.Names)), groups))).ToList();
    }

    private static ArtifactFilter For(CollectionStore store, string collection, ArtifactFilter filter, GroupFilter? groups)
    {
        try
        {
            if (groups is { IsSet: true }) filter = groups.Narrow(filter, store.Read(collection));
            return filter.DependsOnCollection ? filter.For(store.Read(collection).Artifacts) : filter;
        }
        catch (SkillMeatException)
        {
            // The operation reads the collection again, and reports the error with the collection. It must not process what is outside a group.
            return groups is { IsSet: true } ? filter.Within([]) : filter;
        }
    }

    /// <summary>The targets by collection, in their order; null once a target is the whole collection.</summary>
    private sealed class OrderedSelections
    {
        private readonly List<string> _order = [];
        private readonly Dictionary<string, List<ArtifactTarget>?> _targets = new(StringComparer.Ordinal);

        public IEnumerable<(string Collection, List<ArtifactTarget>? Targets)> All => _order.Select(c => (c, _targets[c]));

        public void Add(string collection, ArtifactTarget target)
        {
            if (_targets.TryAdd(collection, []))
            {
                _order.Add(collection);
            }

            if (target.IsWholeCollection)
            {
                _targets[collection] = null;
            }
            else
            {
                _targets[collection]?.Add(target);
            }
        }
    }
}
