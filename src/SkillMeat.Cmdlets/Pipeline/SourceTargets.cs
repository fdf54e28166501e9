using System.Management.Automation;
using SkillMeat.Browsing;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The repositories and folders that <c>-Source</c> names, and the collections in which their artifacts were looked for.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SourceTargets
{
    private readonly SourceFilter? _filter;
    private readonly Dictionary<string, (Collection Collection, IReadOnlyList<ArtifactId> Ids)> _collections = new(StringComparer.Ordinal);

    private SourceTargets(SourceFilter? filter)
    {
        _filter = filter;
    }

    /// <summary>Reads the values of <c>-Source</c>. Requires the pipeline thread. Without values, every artifact passes.</summary>
    /// <exception cref="SkillMeat.Errors.SkillMeatException"><see cref="SkillMeat.Errors.ErrorIds.InvalidArgument"/>: one cannot be used.</exception>
    public static SourceTargets Of(string[] sources, SessionState session) =>
        new(sources.Length == 0 ? null : new SourceFilter(sources, session.Path.CurrentFileSystemLocation.ProviderPath, Environment.GetEnvironmentVariable));

    /// <summary>Returns a filter, restricted to the artifacts of a collection that come from the sources.</summary>
    public ArtifactFilter Narrow(ArtifactFilter filter, Collection collection)
    {
        if (_filter is null) return filter;
        if (!_collections.TryGetValue(collection.Name, out var known)) _collections[collection.Name] = known = (collection, _filter.Find(collection));
        return filter.Within(known.Ids);
    }

    /// <summary>Reports the sources from which none of the collections has an artifact.</summary>
    public void ReportUnknown(PipelineQueue pipeline)
    {
        if (_filter is null || _collections.Count == 0) return;
        foreach (var error in _filter.FindUnknown([.. _collections.Values.Select(one => one.Collection)]))
        {
            pipeline.Error(ErrorRecords.Of(error, target: null));
        }
    }
}
