using SkillMeat.Errors;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Storage.Files;

/// <summary>
/// Replaces one file atomically: readers find the old bytes or the new ones, even after a power failure. To change several files together, use a
/// <see cref="Transaction"/>. Thread-safe, and safe for several processes; the last one wins.
/// </summary>
internal sealed class AtomicFile(Disk disk)
{
    /// <summary>Returns the permissions for the replacement of a file: its own, or for a new file those of the owner alone.</summary>
    public static UnixFileMode? ModeFor(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            return File.Exists(path) ? File.GetUnixFileMode(path) : Disk.PrivateFile;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    /// <summary>Writes a temporary file beside the target, flushes, renames it over the target and flushes the folder. If the path is a link, its target is replaced.</summary>
    /// <exception cref="StorageException">A file operation failed. The old file is unchanged.</exception>
    public void Write(string path, ReadOnlyMemory<byte> content)
    {
        var target = LinkTarget.Resolve(path);
        Write(target, content, Path.Combine(Path.GetDirectoryName(target)!, $".skm-{disk.NewName()}.tmp"), path);
    }

    /// <summary>Writes a file by way of a temporary file with a given name, so that the caller can find it after a crash.</summary>
    public void Write(string target, ReadOnlyMemory<byte> content, string temporary, string shownPath)
    {
        try
        {
            disk.CreateFile(temporary, content, ModeFor(target), shownPath);
            disk.Rename(temporary, target, shownPath);
        }
        catch
        {
            RemoveQuietly(temporary, shownPath);
            throw;
        }

        disk.FlushFolder(Path.GetDirectoryName(target)!);
    }

    // The error being thrown is more useful than a second one about a leftover.
    private bool RemoveQuietly(string temporary, string shownPath)
    {
        try
        {
            disk.DeleteFile(temporary, shownPath);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
