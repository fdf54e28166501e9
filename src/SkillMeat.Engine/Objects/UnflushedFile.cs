using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects;

/// <summary>Reads and writes dispensable files, such as caches. They are not flushed, and failures are ignored. Readers must verify them.</summary>
internal static class UnflushedFile
{
    /// <summary>Reads a file. Returns null if there is none, it cannot be read, or it or its folder is a link.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            OwnFolders.Check(Path.GetDirectoryName(path)!);
            return RegularFile.ReadAllBytes(path, links: LinkUse.Refuse);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e) || e is StorageException)
        {
            return null;
        }
    }

    /// <summary>Replaces a file atomically. Returns false if it cannot be written.</summary>
    public static bool TryWrite(Disk disk, string path, ReadOnlyMemory<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        // The name is used only once, so that an abandoned file can be told from a live one.
        var temporary = $"{path}.{disk.NewName()}.tmp";
        try
        {
            OwnFolders.Check(folder);
            if (!Directory.Exists(folder)) disk.CreateFolder(folder);
            foreach (var old in StorageGuard.Run("read", folder, () => Directory.GetFiles(folder, Path.GetFileName(path) + ".*.tmp"))) disk.TryDeleteAbandoned(old);
            using var file = disk.TryCreateOwned(temporary, path);
            if (file is null) return false;
            disk.Append(file, content, path);
            disk.Rename(temporary, path, path);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
