using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects;

/// <summary>Writes files that nobody needs: they are not flushed, and that one can't be written is no error. Their readers must check them.</summary>
internal static class UnflushedFile
{
    /// <summary>Replaces the file as a whole; false when it can't be written.</summary>
    public static bool TryWrite(Disk disk, string path, ReadOnlyMemory<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        // A name that is used once: see what an abandoned one is.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
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
