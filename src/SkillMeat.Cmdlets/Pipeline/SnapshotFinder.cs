using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Finds snapshots by their ids. With several collections, an id is known if one of them has it; an unknown one is reported.</summary>
internal sealed class SnapshotFinder(CollectionStore store, PipelineQueue pipeline)
{
    /// <summary>The snapshots of the home.</summary>
    public CollectionSnapshots Snapshots { get; } = new(store);

    /// <summary>Returns the collections of a target that exist or have snapshots, which may bring a lost collection back.</summary>
    public IReadOnlyList<string> FindCollections(SnapshotTarget target) => CollectionNames.Resolve(store, target.Collections).Where(IsKnown).ToList();

    /// <summary>Returns the snapshots with the ids of a target, with their collections.</summary>
    public IEnumerable<SnapshotInfo> Find(SnapshotTarget target)
    {
        var collections = FindCollections(target);
        return collections.Count == 0 ? [] : target.Ids.SelectMany(id => Find(collections, id));
    }

    private bool IsKnown(string collection)
    {
        try
        {
            _ = Snapshots.List(collection, take: 0);
            return true;
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.CollectionNotFound)
        {
            pipeline.Error(ErrorRecords.Of(e, collection));
            return false;
        }
    }

    private List<SnapshotInfo> Find(IReadOnlyList<string> collections, string id)
    {
        var found = new List<SnapshotInfo>();
        SkillMeatException? missing = null;
        foreach (var collection in collections)
        {
            try
            {
                // A damaged snapshot does not state its collection.
                found.Add(Snapshots.Find(collection, id) with { Collection = collection });
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.SnapshotNotFound)
            {
                missing ??= e;
            }
        }

        if (found.Count == 0)
        {
            pipeline.Error(ErrorRecords.Of(missing!, id));
        }

        return found;
    }
}
