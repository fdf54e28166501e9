using System.Runtime.Versioning;

namespace SkillMeat.Storage.Files;

/// <summary>
/// Every effect that storage has on the file system, one method each, so that a test can stop the program before any of them.
/// All of them report refusals as <see cref="Errors.StorageException"/>. Safe from several threads when the fault hook is.
/// </summary>
internal sealed class Disk(IStorageFaults? faults)
{
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    private const UnixFileMode EverybodysFile = PrivateFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int Slice = 1 << 20;
    private const int SharingRetries = 12;

    /// <summary>Whether there is anything of that name, be it a link that leads nowhere.</summary>
    public static bool HasEntry(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>Opens for reading so that others may replace, rename or delete the file meanwhile.</summary>
    public static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>Makes a folder whose parent is there; one that exists stays as it is.</summary>
    public void CreateFolder(string path, UnixFileMode? mode = null) => Do(StorageStep.CreateFolder, "create", path, path, () =>
    {
        if (mode is { } bits && !OperatingSystem.IsWindows()) Directory.CreateDirectory(path, bits);
        else Directory.CreateDirectory(path);
    });

    /// <summary>Writes a file that must not be there yet and flushes it to the device.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="mode">Its permissions on Unix; by default only its owner may read and write it.</param>
    /// <param name="meant">The path that an error names: the file for which this one stands in.</param>
    public void CreateFile(string path, ReadOnlyMemory<byte> content, UnixFileMode? mode, string meant)
    {
        using var file = Do(StorageStep.CreateFile, "write", path, meant, () => new FileStream(path, NewFile()));
        for (var done = 0; done < content.Length; done += Slice)
        {
            var slice = content.Slice(done, Math.Min(Slice, content.Length - done));
            Do(StorageStep.WriteFile, "write", path, meant, () => file.Write(slice.Span));
        }

        if (mode is { } bits && bits != PrivateFile && !OperatingSystem.IsWindows()) SetMode(file, bits, meant);
        Do(StorageStep.FlushFile, "write", path, meant, () => file.Flush(flushToDisk: true));
    }

    /// <summary>
    /// Creates a file that is this process's alone until it is disposed, so that <see cref="TryDeleteAbandoned"/> can tell it from what a dead process left. It stays locked
    /// through a rename. Null when somebody took it for abandoned between its creation and its lock: try another name.
    /// </summary>
    public FileStream? TryCreateOwned(string path, string meant)
    {
        FileStream file;
        try
        {
            file = Do(StorageStep.CreateFile, "write", path, meant, () => new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write,
                OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.ReadWrite)));
        }
        catch (Errors.StorageException e) when (!OperatingSystem.IsWindows() && e.InnerException is IOException held && StorageErrors.IsInUse(held))
        {
            // .NET locks what it opens, and whoever holds a new file that moment takes it for abandoned, and deletes it.
            return null;
        }

        try
        {
            // Names are used once, so a file of that name is this one.
            if (OperatingSystem.IsWindows() || (StorageGuard.Run("write", meant, () => Posix.TryLock(file.SafeFileHandle, path)) && File.Exists(path))) return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Creates a file that is not flushed on its own. The system's default permissions apply, less what the user masks.</summary>
    public FileStream CreatePlain(string path, bool isExecutable) => Do(StorageStep.CreateFile, "write", path, path, () =>
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = isExecutable ? EverybodysFile | Executable : EverybodysFile;
        return new FileStream(path, options);
    });

    /// <summary>Creates a file with just these permissions that is not flushed on its own. They mean nothing on Windows.</summary>
    public FileStream CreateWithMode(string path, UnixFileMode mode) => Do(StorageStep.CreateFile, "write", path, path, () =>
    {
        // Its owner's alone while it is made: what the mask of the user would let others read may not be meant for them.
        var file = new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write, FileShare.None));
        if (!OperatingSystem.IsWindows() && mode != PrivateFile) File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    });

    /// <summary>Gives a folder these permissions, where the system has them.</summary>
    public void SetFolderMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        Do(StorageStep.SetMode, "write", path, path, () =>
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != mode) File.SetUnixFileMode(path, mode);
        });
    }

    /// <summary>Writes at the end of an open file.</summary>
    public void Append(FileStream file, ReadOnlyMemory<byte> content, string meant) =>
        Do(StorageStep.WriteFile, "write", file.Name, meant, () => file.Write(content.Span));

    /// <summary>Flushes an open file to the device.</summary>
    public void Flush(FileStream file, string meant) => Do(StorageStep.FlushFile, "write", file.Name, meant, () => file.Flush(flushToDisk: true));

    /// <summary>Deletes a file of <see cref="TryCreateOwned"/> whose owner is gone; false when it lives, or the file can't be deleted now.</summary>
    public bool TryDeleteAbandoned(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!OperatingSystem.IsWindows() && !Posix.TryLock(file.SafeFileHandle, path)) return false;
            faults?.Before(StorageStep.DeleteFile, path);
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            return false;
        }
    }

    /// <summary>Creates a link with that text as its target, which need not exist.</summary>
    public void CreateLink(string path, string target) =>
        Do(StorageStep.CreateLink, "write", path, path, () => File.CreateSymbolicLink(path, target));

    /// <summary>Makes all that was written to the volume survive a loss of power, by one call. Linux only; elsewhere files are flushed one by one.</summary>
    public void FlushVolume(string folder) => Do(StorageStep.FlushVolume, "write", folder, folder, () => Posix.FlushVolume(folder));

    /// <summary>Keeps a file's present content under a second name: a link where there is such a thing, else a flushed copy.</summary>
    public void Backup(string path, string backup)
    {
        var linked = !OperatingSystem.IsWindows() && Do(StorageStep.LinkBackup, "back up", path, path, () => Posix.TryLink(path, backup));
        if (!linked) CopyBackup(path, backup);
    }

    /// <summary>Renames, replacing what has the new name, in one step that no reader sees half of.</summary>
    public void Rename(string from, string to, string meant, StorageStep step = StorageStep.Rename) =>
        Do(step, "write", to, meant, () => File.Move(from, to, overwrite: true));

    /// <summary>Renames a folder to a name that nothing has.</summary>
    public void RenameFolder(string from, string to, string meant) => Do(StorageStep.RenameFolder, "write", to, meant, () => Directory.Move(from, to));

    /// <summary>Makes new files and folders, with everything in them, survive a loss of power: in one call for each volume where the system has one.</summary>
    public void FlushAll(IReadOnlyList<string> paths)
    {
        if (!OperatingSystem.IsLinux())
        {
            foreach (var path in paths) Do(StorageStep.FlushTree, "write", path, path, () => FlushEach(path));
            return;
        }

        foreach (var volume in paths.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal).DistinctBy(Posix.VolumeOf)) FlushVolume(volume);
    }

    /// <summary>Deletes a folder with everything in it, links as links; one that is not there is no error. A crash leaves a part of it.</summary>
    public void DeleteTree(string path, string meant)
    {
        if (!HasEntry(path)) return;
        if (new DirectoryInfo(path).LinkTarget is not null || !Directory.Exists(path))
        {
            // What a link leads to is not part of it.
            Do(StorageStep.DeleteTree, "delete", path, meant, () => File.Delete(path));
            return;
        }

        Do(StorageStep.DeleteTree, "delete", path, meant, () => MakeDeletable(new DirectoryInfo(path)));
        foreach (var item in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
        {
            if (item is DirectoryInfo && item.LinkTarget is null) DeleteTree(item.FullName, meant);
            else Do(StorageStep.DeleteTree, "delete", item.FullName, meant, item.Delete);
        }

        Do(StorageStep.DeleteTree, "delete", path, meant, () => Directory.Delete(path));
    }

    /// <summary>Deletes a file or link, also one to a folder; one that is not there is no error.</summary>
    public void DeleteFile(string path, string meant)
    {
        if (HasEntry(path)) Do(StorageStep.DeleteFile, "delete", path, meant, () => File.Delete(path));
    }

    /// <summary>Removes a folder if it is empty. An empty folder that stays does no harm and is removed by whoever comes next, so a refusal is an answer here.</summary>
    public bool TryDeleteEmptyFolder(string path)
    {
        try
        {
            faults?.Before(StorageStep.DeleteFolder, path);
            Directory.Delete(path, recursive: false);
            return true;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            return false;
        }
    }

    /// <summary>Removes a folder that was made in vain, with everything in it; what can't be removed stays.</summary>
    public bool TryDeleteFolder(string path)
    {
        try
        {
            faults?.Before(StorageStep.DeleteFolder, path);
            Directory.Delete(path, recursive: true);
            return true;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            return false;
        }
    }

    /// <summary>Makes the names in a folder survive a loss of power. Windows does that with the rename itself.</summary>
    public void FlushFolder(string path)
    {
        if (!OperatingSystem.IsWindows()) Do(StorageStep.FlushFolder, "write", path, path, () => Posix.FlushFolder(path));
    }

    /// <summary>Replaces a small file's bytes in place, without flushing: for marks that are worthless after a restart of the machine.</summary>
    public void Mark(StorageStep step, string path, ReadOnlyMemory<byte> content) => Do(step, "write", path, path, () =>
    {
        using var file = new FileStream(path, Private(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
        file.Write(content.Span);
        if (file.Length != content.Length) file.SetLength(content.Length);
    });

    /// <summary>Whether somebody has a lock file open as <see cref="TryOpenLock"/> opens it. One that is not there is not locked.</summary>
    public static bool IsLocked(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return !OperatingSystem.IsWindows() && !Posix.TryLock(file.SafeFileHandle, path);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return false;
        }
        catch (IOException e) when (StorageErrors.IsInUse(e))
        {
            return true;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    /// <summary>Opens a lock file alone; null when somebody else has it. The system lets go of it when the process dies.</summary>
    /// <remarks>
    /// On Unix this is the lock that <see cref="FileShare.None"/> takes there, asked for directly: a process that waits would otherwise throw and catch an exception for
    /// every try, and a setting of the runtime could switch the lock off.
    /// </remarks>
    public FileStream? TryOpenLock(string path)
    {
        FileStream? file = null;
        try
        {
            faults?.Before(StorageStep.OpenLock, path);
            file = new FileStream(path, Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.None : FileShare.ReadWrite));
            if (OperatingSystem.IsWindows() || Posix.TryLock(file.SafeFileHandle, path)) return file;
            file.Dispose();
            return null;
        }
        catch (IOException e) when (StorageErrors.IsInUse(e))
        {
            file?.Dispose();
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            file?.Dispose();
            throw StorageErrors.Translate(e, "lock", path);
        }
    }

    private static EnumerationOptions Everything => new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    // What is in a folder that is read-only can't be deleted; and nobody needs its permissions any more.
    private static void MakeDeletable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (!folder.UnixFileMode.HasFlag(PrivateFolder)) folder.UnixFileMode |= PrivateFolder;
            return;
        }

        foreach (var item in folder.EnumerateFileSystemInfos("*", Everything).Where(item => item.Attributes.HasFlag(FileAttributes.ReadOnly))) item.Attributes &= ~FileAttributes.ReadOnly;
    }

    private static void FlushEach(string path)
    {
        if (!Directory.Exists(path))
        {
            using var file = new FileStream(path, Private(FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            return;
        }

        foreach (var item in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything).Where(item => item.LinkTarget is null)) FlushEach(item.FullName);
        if (!OperatingSystem.IsWindows()) Posix.FlushFolder(path);
    }

    private static FileStreamOptions NewFile() => Private(FileMode.CreateNew, FileAccess.Write, FileShare.None);

    private static FileStreamOptions Private(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        return options;
    }

    [UnsupportedOSPlatform("windows")]
    private void SetMode(FileStream file, UnixFileMode mode, string meant) =>
        Do(StorageStep.SetMode, "write", file.Name, meant, () => File.SetUnixFileMode(file.SafeFileHandle, mode));

    private void CopyBackup(string path, string backup) => Do(StorageStep.CopyBackup, "back up", path, path, () =>
    {
        using var source = OpenRead(path);
        using var copy = new FileStream(backup, NewFile());
        source.CopyTo(copy);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy.SafeFileHandle, File.GetUnixFileMode(source.SafeFileHandle));
        copy.Flush(flushToDisk: true);
    });

    private void Do(StorageStep step, string verb, string path, string meant, Action effect) => Do(step, verb, path, meant, () =>
    {
        effect();
        return true;
    });

    private T Do<T>(StorageStep step, string verb, string path, string meant, Func<T> effect)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                faults?.Before(step, path);
                return effect();
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && attempt < SharingRetries && IsPassing(e))
            {
                // Virus scanners and indexers on Windows hold a new file for some milliseconds; a rename over an open one is refused as "access denied".
                Thread.Sleep(10 * attempt);
            }
            catch (Exception e) when (StorageErrors.IsRefusal(e))
            {
                throw StorageErrors.Translate(e, verb, meant);
            }
        }
    }

    private static bool IsPassing(Exception error) => error is UnauthorizedAccessException || (error is IOException io && StorageErrors.IsInUse(io));
}
