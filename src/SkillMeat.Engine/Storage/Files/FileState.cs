using System.Security.Cryptography;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>The state of a file at one moment.</summary>
/// <param name="Sha256">The SHA-256 of the bytes in lower-case hex, or null if the file does not exist.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Modified">The time of the last write, in UTC. A cheap hint of a later change.</param>
internal readonly record struct FileState(string? Sha256, long Length, DateTime Modified)
{
    public static FileState Absent => default;

    public bool Exists => Sha256 is not null;

    /// <summary>Reads the state of a file, with constant memory.</summary>
    /// <exception cref="StorageException">The file exists but cannot be read, or is a folder.</exception>
    public static FileState Read(string path)
    {
        if (!Disk.HasEntry(path)) return Absent;
        try
        {
            using var file = Disk.OpenRead(path);
            return new FileState(Convert.ToHexString(SHA256.HashData(file)).ToLowerInvariant(), file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return Absent;
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new StorageException(ErrorIds.StorageFailed, path, $"cannot replace {path}: it is a folder", e);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    /// <summary>Whether the file seems unchanged since, without reading it.</summary>
    public bool LooksUnchanged(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null) file = new FileInfo(LinkTarget.Resolve(path));
        return file.Exists ? Exists && file.Length == Length && file.LastWriteTimeUtc == Modified : !Exists;
    }

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
}
