using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Restricts artifacts to the members of a group. A collection that does not have the group is reported once. Not thread-safe.</summary>
/// <param name="group">The name of the group, or null for no restriction.</param>
/// <param name="pipeline">The queue for errors.</param>
internal sealed class GroupFilter(string? group, PipelineQueue pipeline)
{
    private readonly Dictionary<string, IReadOnlyList<ArtifactId>> _members = new(StringComparer.Ordinal);

    /// <summary>Whether a group was named.</summary>
    public bool IsSet => group is not null;

    /// <summary>Returns a filter, restricted to the members that a collection has.</summary>
    public ArtifactFilter Narrow(ArtifactFilter filter, Collection collection)
    {
        if (group is null) return filter;
        if (!_members.TryGetValue(collection.Name, out var known)) _members[collection.Name] = known = Find(collection);
        return filter.Within(known);
    }

    /// <summary>Warns about members that the collection does not have.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: the collection has no such group.</exception>
    public static void WarnOfMissing(string group, Collection collection, PipelineQueue pipeline)
    {
        if (collection.FindGroup(group) is { MissingMembers: { Count: > 0 } missing } found) pipeline.Warn($"Group '{found.Name}' names {missing}, which collection '{collection.Name}' does not have.");
    }

    private IReadOnlyList<ArtifactId> Find(Collection collection)
    {
        try
        {
            WarnOfMissing(group!, collection, pipeline);
            return [.. collection.FindMembers(group!).Select(artifact => ArtifactId.Parse(artifact.ArtifactId))];
        }
        catch (SkillMeatException e)
        {
            pipeline.Error(ErrorRecords.Of(e, group));
            return [];
        }
    }
}
