using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>Counts the artifacts of a collection. An unreadable manifest is a reason to take or restore a snapshot, so it must not prevent it.</summary>
internal sealed class ManifestCounter(CollectionStore store, string collection)
{
    /// <returns>The number of artifacts in the manifest, or 0 if it cannot be read.</returns>
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
