using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Storage.Files;

/// <summary>
/// The content hash that lock files and deployment records carry; its definition is the original program's. It is not free of collisions (names and contents are
/// joined without a mark between), so nothing may be stored under it. Thread-safe.
/// </summary>
internal static class ContentHash
{
    private const int Slice = 128 * 1024;

    /// <summary>The hash of a file or a directory, in lower-case hex.</summary>
    /// <exception cref="Errors.StorageException">Something in it can't be read, or there is nothing of that name.</exception>
    public static string Of(string path) => Directory.Exists(path) ? OfDirectory(path) : OfFile(path);

    /// <summary>SHA-256 of the bytes.</summary>
    public static string OfFile(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendFile(hash, path);
        return Text(hash);
    }

    /// <summary>One SHA-256 over each file's relative path and bytes, files in the order of their path components by code point.</summary>
    public static string OfDirectory(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendDirectory(hash, path, "");
        return Text(hash);
    }

    private static void AppendDirectory(IncrementalHash hash, string path, string prefix)
    {
        foreach (var item in Items(path))
        {
            var name = prefix + item.Name;
            if (item is DirectoryInfo)
            {
                // A link to a directory is not entered, so nothing can lead in a circle.
                if (item.LinkTarget is null) AppendDirectory(hash, item.FullName, name + "/");
            }
            else if (LeadsToFile(item))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                AppendFile(hash, item.FullName);
            }
        }
    }

    // UTF-8 sorts by code point, UTF-16 does not: U+FB01 comes before U+1F600.
    private static IEnumerable<FileSystemInfo> Items(string path)
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
                .Select(item => (Key: Encoding.UTF8.GetBytes(item.Name), Item: item)).ToList()
                .OrderBy(pair => pair.Key, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)))
                .Select(pair => pair.Item);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    private static bool LeadsToFile(FileSystemInfo item)
    {
        if (item.LinkTarget is null) return true;
        try
        {
            return item.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } file && !file.Attributes.HasFlag(FileAttributes.Directory);
        }
        catch (IOException)
        {
            // A link in a circle is a broken one.
            return false;
        }
    }

    private static void AppendFile(IncrementalHash hash, string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Slice);
        try
        {
            using var file = Disk.OpenRead(path);
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer)) hash.AppendData(buffer, 0, read);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
}
