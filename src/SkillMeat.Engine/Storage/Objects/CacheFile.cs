using SkillMeat.Errors;

namespace SkillMeat.Storage.Objects;

/// <summary>Writes files that nobody needs: they are not flushed, and that one can't be written is no error. Their readers must check them.</summary>
internal static class CacheFile
{
    /// <summary>Replaces the file as a whole, unless another process is just doing so, or it can't be written.</summary>
    public static bool TryWrite(Disk disk, string path, ReadOnlyMemory<byte> content)
    {
        var temporary = path + ".tmp";
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder)) disk.CreateFolder(folder);
            if (File.Exists(temporary) && !disk.TryDeleteAbandoned(temporary)) return false;
            using var file = disk.CreateOwned(temporary, path);
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
