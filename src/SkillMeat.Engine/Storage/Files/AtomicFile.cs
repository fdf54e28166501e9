using SkillMeat.Errors;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Storage.Files;

/// <summary>
/// Replaces one file as a whole: readers find the old bytes or the new ones, also after a loss of power. Several files that belong together need a
/// <see cref="Transaction"/> instead. Safe from several threads and processes; the last one wins.
/// </summary>
internal sealed class AtomicFile(Disk disk)
{
    public AtomicFile(IStorageFaults? faults = null)
        : this(new Disk(faults))
    {
    }

    /// <summary>The permissions that a file's replacement gets: the file's own, or the owner's alone for a new one.</summary>
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

    /// <summary>Writes beside the file, flushes, renames over it and flushes the folder. A link stays a link: what it points at is replaced.</summary>
    /// <exception cref="StorageException">The file system refused; the old file is as it was.</exception>
    public void Write(string path, ReadOnlyMemory<byte> content)
    {
        var target = LinkTarget.Resolve(path);
        Write(target, content, Path.Combine(Path.GetDirectoryName(target)!, $".skm-{Guid.NewGuid():N}.tmp"), path);
    }

    /// <summary>The same with a temporary file whose name the caller chose, so that it can find it again after a crash.</summary>
    public void Write(string target, ReadOnlyMemory<byte> content, string temporary, string meant)
    {
        try
        {
            disk.CreateFile(temporary, content, ModeFor(target), meant);
            disk.Rename(temporary, target, meant);
        }
        catch
        {
            RemoveQuietly(temporary, meant);
            throw;
        }

        disk.FlushFolder(Path.GetDirectoryName(target)!);
    }

    // The error that is on its way says more than a second one about a leftover would.
    private bool RemoveQuietly(string temporary, string meant)
    {
        try
        {
            disk.DeleteFile(temporary, meant);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
