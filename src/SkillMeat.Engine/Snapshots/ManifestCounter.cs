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
            var path = store.Layout.Manifest(collection);
            return store.Storage.ReadConsistent([path])[0] is { } manifest ? Manifest.Parse(manifest, path).Count : 0;
        }
        catch (DataFileException)
        {
            return 0;
        }
    }
}
