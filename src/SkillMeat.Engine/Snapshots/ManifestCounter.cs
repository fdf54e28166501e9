using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>Counts the artifacts of a collection for the list of its snapshots. A manifest that can't be read is a reason to take or restore a snapshot, not an obstacle.</summary>
internal sealed class ManifestCounter(CollectionStore store, string collection)
{
    /// <returns>How many artifacts the manifest lists; 0 for one that can't be read.</returns>
    public int Count()
    {
        try
        {
            return store.ReadFiles(collection).Manifest.Count;
        }
        catch (SkillMeatException e) when (e is DataFileException || e.ErrorId == ErrorIds.CollectionNotFound)
        {
            return 0;
        }
    }
}
