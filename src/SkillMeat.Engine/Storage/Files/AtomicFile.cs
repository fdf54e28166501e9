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
    public void Write(string path, ReadOnlyMemory<byte> content) => Replace(path, (temporary, mode) => disk.CreateFile(temporary, content, mode, path));

    /// <summary>Writes a file whose content is made while it is written, in the same way.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="fill">Writes the content.</param>
    /// <exception cref="StorageException">A file operation failed. The old file is unchanged.</exception>
    public void Fill(string path, Action<Stream> fill) => Replace(path, (temporary, mode) => disk.CreateFile(temporary, file => StorageGuard.Run("write", path, () => fill(file)), mode, path));

    /// <summary>Writes a file outside of the home, which no journal may name, in the same way.</summary>
    /// <param name="path">The path of the file, which is no link.</param>
    /// <param name="fill">Creates a file at the given path with its permissions, without flushing.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="StorageException">A file operation failed, or the file exists. The old file is unchanged.</exception>
    public void Create(string path, Action<string> fill, bool overwrite)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, $".skm-{disk.NewName()}.tmp");
        try
        {
            fill(temporary);
            disk.FlushAll([temporary]);
            if (overwrite) disk.Rename(temporary, path, path);
            else disk.RenameToNew(temporary, path);
        }
        catch
        {
            RemoveQuietly(temporary, path);
            throw;
        }

        disk.FlushFolder(folder);
    }

    /// <summary>Writes a file by way of a temporary file with a given name, so that the caller can find it after a crash.</summary>
    public void Write(string target, ReadOnlyMemory<byte> content, string temporary, string shownPath) =>
        Replace(target, temporary, shownPath, mode => disk.CreateFile(temporary, content, mode, shownPath));

    private void Replace(string path, Action<string, UnixFileMode?> create)
    {
        var target = LinkTarget.Resolve(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".skm-{disk.NewName()}.tmp");
        Replace(target, temporary, path, mode => create(temporary, mode));
    }

    private void Replace(string target, string temporary, string shownPath, Action<UnixFileMode?> create)
    {
        try
        {
            create(ModeFor(target));
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
