using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Reads each collection once, however many objects of the pipeline name it. One that cannot be read is reported, and the others still count.</summary>
internal sealed class ReadCollections(CollectionStore store, PipelineQueue pipeline)
{
    private readonly Dictionary<string, CollectionIndex?> _read = new(StringComparer.Ordinal);

    /// <summary>Returns a collection, or null if it cannot be read.</summary>
    public CollectionIndex? Find(string name)
    {
        if (!_read.TryGetValue(name, out var index))
        {
            try
            {
                index = new CollectionIndex(store.Read(name));
            }
            catch (SkillMeatException e)
            {
                pipeline.Error(ErrorRecords.Of(e, name));
            }

            _read.Add(name, index);
        }

        return index;
    }
}
