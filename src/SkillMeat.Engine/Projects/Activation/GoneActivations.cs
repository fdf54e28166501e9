using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Projects.Activation;

/// <summary>Reads the lists of activated parts of projects whose folders are gone.</summary>
internal static class GoneActivations
{
    /// <summary>Reads the lists, by the folders. The user's own folders are none of them.</summary>
    /// <exception cref="StorageException">The folder of the lists cannot be read, or is a link.</exception>
    public static IReadOnlyDictionary<string, (ActivatedList List, string Path, byte[] Bytes)> Read(CollectionStore store, CancellationToken cancellationToken)
    {
        var gone = new Dictionary<string, (ActivatedList List, string Path, byte[] Bytes)>(StringComparer.Ordinal);
        foreach (var path in ActivatedList.FindFiles(store.Home))
        {
            try
            {
                if (store.Storage.ReadConsistent([path], cancellationToken)[0] is not { } bytes) continue;
                var list = ActivatedList.Parse(bytes, path, project: "");
                if (Path.IsPathFullyQualified(list.Project) && !Directory.Exists(list.Project) && ActivatedList.PathOf(store.Home, new ProjectSite(list.Project)) == path) gone[list.Project] = (list, path, bytes);
            }
            catch (SkillMeatException e) when (e is DataFileException or StorageException)
            {
                // A list of another project that cannot be read does not concern this one.
                continue;
            }
        }

        return gone;
    }
}
