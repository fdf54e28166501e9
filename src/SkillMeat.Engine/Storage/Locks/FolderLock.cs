using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>
/// Locks a folder outside of the home against all homes on this machine. The lock is a file in the folder that exists only while it is held, because such a folder is the user's.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".skm-lock";
    private const int Attempts = 20;

    private readonly FileStream _file;
    private readonly Disk _disk;

    private FolderLock(string folder, FileStream file, Disk disk)
    {
        Folder = folder;
        _file = file;
        _disk = disk;
    }

    /// <summary>The full path of the folder, without links.</summary>
    public string Folder { get; }

    /// <summary>Locks a folder, or returns null if another process or another thread holds it.</summary>
    /// <exception cref="StorageException">The folder does not exist, or cannot be written.</exception>
    public static FolderLock? TryAcquire(string folder, Disk disk)
    {
        var path = Path.Combine(folder, Name);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (disk.TryOpenLock(path) is not { } file) return null;
            if (IsAt(path, file, disk)) return new FolderLock(folder, file, disk);
            // The holder before deleted the file between its opening and its lock.
            file.Dispose();
        }

        return null;
    }

    public void Dispose()
    {
        try
        {
            // Under the lock, so that it is this file. On Windows, an open file keeps its name until it is closed.
            if (!OperatingSystem.IsWindows()) _disk.DeleteFile(Path.Combine(Folder, Name), Path.Combine(Folder, Name));
        }
        catch (StorageException)
        {
            // The next holder deletes it.
        }
        finally
        {
            _file.Dispose();
        }

        if (OperatingSystem.IsWindows()) _disk.TryDeleteAbandoned(Path.Combine(Folder, Name));
    }

    private static bool IsAt(string path, FileStream file, Disk disk)
    {
        if (OperatingSystem.IsWindows()) return true;
        var mark = Encoding.ASCII.GetBytes(disk.NewName());
        try
        {
            return StorageGuard.Run("lock", path, () =>
            {
                file.Position = 0;
                file.Write(mark);
                file.Flush();
                return RegularFile.ReadAllBytes(path, mark.Length, LinkUse.Refuse).AsSpan().SequenceEqual(mark);
            });
        }
        catch (StorageException e) when (e.InnerException is { } inner && (StorageErrors.IsMissing(inner) || inner is RefusedFileException))
        {
            return false;
        }
    }
}
