using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Storage.Files;

/// <summary>
/// The content hash in lock files and deployment records, as defined by Python SkillMeat. It is not collision-free, because names and contents are
/// joined without a separator, so nothing may be stored under it. Thread-safe.
/// </summary>
internal static class ContentHash
{
    private const int Slice = 128 * 1024;

    /// <summary>Returns the hash of a file or folder, in lower-case hex.</summary>
    /// <exception cref="Errors.StorageException">The path does not exist, or something in it cannot be read.</exception>
    public static string Of(string path) => Directory.Exists(path) ? OfDirectory(path) : OfFile(path);

    /// <summary>Returns the SHA-256 of the bytes.</summary>
    public static string OfFile(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendFile(hash, path);
        return Text(hash);
    }

    /// <summary>Returns one SHA-256 over the relative path and bytes of each file, ordered by path components by code point.</summary>
    public static string OfDirectory(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendDirectory(hash, path, "");
        return Text(hash);
    }

    /// <summary>Returns the hash of a folder that has these files.</summary>
    /// <param name="files">The files: the parts of the path in the folder, and the file with its bytes.</param>
    /// <exception cref="Errors.StorageException">A file cannot be read.</exception>
    public static string OfFiles(IEnumerable<(string[] Below, string File)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (below, file) in files.OrderBy(one => one.Below, Comparer<string[]>.Create(CompareParts)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('/', below)));
            AppendFile(hash, file);
        }

        return Text(hash);
    }

    private static int CompareParts(string[] one, string[] other)
    {
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            if (Encoding.UTF8.GetBytes(one[i]).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other[i])) is not 0 and var order) return order;
        }

        return one.Length - other.Length;
    }

    private static void AppendDirectory(IncrementalHash hash, string path, string prefix)
    {
        foreach (var item in Items(path))
        {
            var name = prefix + item.Name;
            if (item is DirectoryInfo)
            {
                // Links to folders are not followed, so there can be no cycle.
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
            // A cyclic link is a broken link.
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
