using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Cache.Places;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Reading;

/// <summary>
/// Tells the contents of artifacts apart for a program that is asked often. Files with the same stamps as before are not read again. Links are not followed.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ContentMemory
{
    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly CollectionStore _store;
    private readonly ConcurrentDictionary<(string Collection, string Path), (byte[] Stamps, string State)> _kept = new();

    /// <summary>Creates the memory of a home.</summary>
    /// <param name="store">The home.</param>
    public ContentMemory(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Returns a text that is another one after every change of the files of an artifact: of a name, of a byte, of a permission, of the target of a link.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="artifact">An artifact of the collection.</param>
    /// <returns>The text, which has no other meaning; empty if the files are gone.</returns>
    public string StateOf(Collection collection, Artifact artifact)
    {
        var key = (collection.Name, artifact.Path);
        // Before the files are read: what is written meanwhile is found the next time.
        var (stamps, isSteady) = ReadStamps(collection.Folder, artifact.Path);
        if (stamps is not null && _kept.TryGetValue(key, out var kept) && kept.Stamps.AsSpan().SequenceEqual(stamps)) return kept.State;
        var state = Read(Path.Combine(collection.Folder, artifact.Path.Replace('/', Path.DirectorySeparatorChar)));
        if (stamps is not null && isSteady) _kept[key] = (stamps, state);
        else _kept.TryRemove(key, out _);
        return state;
    }

    /// <summary>Forgets everything, so that the memory can be used for something else.</summary>
    public void Forget() => _kept.Clear();

    private (byte[]? Stamps, bool IsSteady) ReadStamps(string folder, string path)
    {
        try
        {
            using var walk = new PlaceWalk(folder, StampTime.Now(_store.Time));
            walk.AddTreeAlone(path);
            return (walk.Finish(), walk.IsSteady);
        }
        catch (StorageException)
        {
            return (null, false);
        }
    }

    private static string Read(string path)
    {
        if (!Disk.HasEntry(path)) return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path), "");
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, FileSystemInfo entry, string path)
    {
        if (entry.LinkTarget is { } target)
        {
            Append(hash, 'l', path, target);
            return;
        }

        Append(hash, entry is DirectoryInfo ? 'd' : 'f', path, OperatingSystem.IsWindows() ? "" : entry.UnixFileMode.ToString());
        if (entry is FileInfo)
        {
            Append(hash, 'c', path, ContentOf(entry.FullName));
            return;
        }

        foreach (var inner in Entries((DirectoryInfo)entry)) Append(hash, inner, $"{path}/{inner.Name}");
    }

    private static IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder)
    {
        try
        {
            return StorageGuard.Run("read", folder.FullName, () => folder.GetFileSystemInfos("*", _everything)).OrderBy(entry => entry.Name, StringComparer.Ordinal);
        }
        catch (StorageException)
        {
            return [];
        }
    }

    // One that cannot be read, such as a pipe, cannot be told from another one.
    private static string ContentOf(string path)
    {
        try
        {
            return FileState.Read(path).Sha256 ?? "";
        }
        catch (StorageException)
        {
            return "?";
        }
    }

    // Neither names nor targets contain a NUL, so it separates the parts.
    private static void Append(IncrementalHash hash, char kind, string path, string value) => hash.AppendData(Encoding.UTF8.GetBytes($"{kind}{path}\0{value}\0"));
}
