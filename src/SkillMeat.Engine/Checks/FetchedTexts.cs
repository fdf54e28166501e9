using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Checks;

/// <summary>Compares local files by their lines with the content that was fetched, as far as it is stored.</summary>
/// <param name="store">The home.</param>
/// <param name="collection">The name of the collection.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class FetchedTexts(CollectionStore store, string collection)
{
    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly Lazy<MergeBaseList> _bases = new(() => new MergeBaseStore(store, collection).Read());

    /// <summary>Whether the files of an artifact differ from the fetched ones in nothing but line endings. False if the fetched ones are not known.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="path">The full path of its file or folder.</param>
    public bool HaveSameLines(Artifact artifact, string path)
    {
        try
        {
            return artifact.ContentHash is { } hash && _bases.Value.Find(artifact.Id, hash) is { } known && HaveSameLines(ContentFiles.Of(store.Objects, known.Content), path);
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing or ErrorIds.StorageFailed)
        {
            return false;
        }
    }

    private bool HaveSameLines(ContentFiles fetched, string path) => StorageGuard.Run("read", path, () =>
    {
        if (!fetched.IsFolder) return !Directory.Exists(path) && IsSame(fetched.Files[ContentFiles.OnlyFile], path);
        if (!Directory.Exists(path)) return false;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        return TryList(path, fetched.Files.Count, files) && files.Count == fetched.Files.Count && fetched.Files.All(one => files.TryGetValue(one.Key, out var file) && IsSame(one.Value, file));
    });

    /// <summary>Lists the files at and below a folder by their paths in it.</summary>
    /// <returns>False if there are more than were fetched, such as packages that a tool has installed, or a link to a folder. Such links are not followed, so there can be no cycle.</returns>
    private static bool TryList(string root, int most, Dictionary<string, string> files)
    {
        var folders = new Stack<(string Prefix, DirectoryInfo Folder)>([("", new DirectoryInfo(root))]);
        while (folders.TryPop(out var next))
        {
            foreach (var item in next.Folder.EnumerateFileSystemInfos("*", _everything))
            {
                if (item is DirectoryInfo folder)
                {
                    if (folder.LinkTarget is not null) return false;
                    folders.Push(($"{next.Prefix}{folder.Name}/", folder));
                    continue;
                }

                if (files.Count == most) return false;
                files.Add(next.Prefix + item.Name, item.FullName);
            }
        }

        return true;
    }

    private bool IsSame(TreeEntry fetched, string file)
    {
        if (fetched.IsLink || fetched.Size > MergeableText.MostBytes || new FileInfo(file) is not { LinkTarget: null, Length: <= MergeableText.MostBytes }) return false;
        var (before, now) = (store.Objects.ReadBlob(fetched.Id), RegularFile.ReadAllBytes(file, MergeableText.MostBytes, LinkUse.Refuse));
        return before.AsSpan().SequenceEqual(now) || LineEndings.AreAllThatDiffers(before, now);
    }
}
