using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>
/// The state of a folder at one moment: the names, kinds, sizes, permissions and times of everything in it, without reading a byte. Writing to a file in it
/// changes the state. The folder's own name and times are not included, so a rename keeps the state.
/// </summary>
/// <param name="Sha256">A hash in lower-case hex, or null if the folder does not exist.</param>
internal readonly record struct FolderState(string? Sha256)
{
    /// <exception cref="StorageException">Something in it cannot be read, or the path is a file.</exception>
    public static FolderState Read(string path)
    {
        // Most folders of an addition are absent, and an exception for each would cost more than everything else.
        if (!Disk.HasEntry(path)) return new FolderState(null);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Append(hash, new DirectoryInfo(path), "");
            return new FolderState(Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
        }
        catch (DirectoryNotFoundException) when (!Disk.HasEntry(path))
        {
            return new FolderState(null);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    private static void Append(IncrementalHash hash, DirectoryInfo folder, string prefix)
    {
        var items = folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).OrderBy(item => item.Name, StringComparer.Ordinal);
        foreach (var item in items)
        {
            var name = $"{prefix}{item.Name}";
            if (item.Attributes.HasFlag(FileAttributes.ReparsePoint) && item.LinkTarget is { } target)
            {
                Append(hash, $"l {name}", target);
            }
            else if (item is DirectoryInfo inner)
            {
                Append(hash, $"d {name}", Mode(item));
                Append(hash, inner, $"{name}/");
            }
            else
            {
                Append(hash, $"f {name}", string.Create(CultureInfo.InvariantCulture, $"{((FileInfo)item).Length} {item.LastWriteTimeUtc.Ticks} {Mode(item)}"));
            }
        }
    }

    // Names contain no NUL, so it separates the parts.
    private static void Append(IncrementalHash hash, string name, string state) => hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{state}\0"));

    private static string Mode(FileSystemInfo item) => OperatingSystem.IsWindows() ? "" : ((int)item.UnixFileMode).ToString(CultureInfo.InvariantCulture);
}
