using System.Runtime.Versioning;

namespace SkillMeat.Storage.Files;

/// <summary>
/// Every effect of storage on the file system, one method each, so that a test can stop the program before any of them.
/// All methods throw failures as <see cref="Errors.StorageException"/>. Thread-safe if the fault hook and the random numbers are.
/// </summary>
/// <param name="faults">Stands before every effect on the file system; null in production.</param>
/// <param name="random">Makes names of temporary files.</param>
internal sealed class Disk(IStorageFaults? faults, Random random)
{
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    private const UnixFileMode DefaultFile = PrivateFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int Slice = 1 << 20;
    private const int SharingRetries = 12;

    /// <summary>A name of 32 hexadecimal digits that nobody used before.</summary>
    public string NewName()
    {
        Span<byte> name = stackalloc byte[16];
        random.NextBytes(name);
        return Convert.ToHexString(name).ToLowerInvariant();
    }

    /// <summary>Whether there is anything at a path, even a dangling link. An unreadable path is not taken for an absent one.</summary>
    /// <exception cref="Errors.StorageException">The system cannot tell.</exception>
    public static bool HasEntry(string path) => OperatingSystem.IsWindows()
        ? File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null
        : StorageGuard.Run("read", path, () => Posix.HasEntry(path));

    /// <summary>Opens a file for reading, so that others can replace, rename or delete it meanwhile.</summary>
    public static FileStream OpenRead(string path) => RegularFile.OpenRead(path);

    /// <summary>Creates a folder whose parent exists. An existing folder stays as it is.</summary>
    public void CreateFolder(string path, UnixFileMode? mode = null) => Do(StorageStep.CreateFolder, "create", path, path, () =>
    {
        if (mode is { } bits && !OperatingSystem.IsWindows()) Directory.CreateDirectory(path, bits);
        else Directory.CreateDirectory(path);
    });

    /// <summary>Writes a new file, which must not exist, and flushes it to the device.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="mode">The permissions on Unix. By default, only the owner may read and write it.</param>
    /// <param name="shownPath">The path for error messages: that of the file to be replaced.</param>
    public void CreateFile(string path, ReadOnlyMemory<byte> content, UnixFileMode? mode, string shownPath) => CreateFile(
        path,
        file =>
        {
            for (var done = 0; done < content.Length; done += Slice)
            {
                var slice = content.Slice(done, Math.Min(Slice, content.Length - done));
                Do(StorageStep.WriteFile, "write", path, shownPath, () => file.Write(slice.Span));
            }
        },
        mode,
        shownPath);

    /// <summary>Creates a file whose content is made while it is written, with permissions, and flushes it.</summary>
    public void CreateFile(string path, Action<Stream> fill, UnixFileMode? mode, string shownPath)
    {
        using var file = Do(StorageStep.CreateFile, "write", path, shownPath, () => new FileStream(path, NewFile()));
        fill(file);
        if (mode is { } bits && bits != PrivateFile && !OperatingSystem.IsWindows()) SetMode(file, bits, shownPath);
        Do(StorageStep.FlushFile, "write", path, shownPath, () => file.Flush(flushToDisk: true));
    }

    /// <summary>
    /// Creates a file that this process owns until it is disposed, so that <see cref="TryDeleteAbandoned"/> can tell it from leftovers of a dead process. The lock survives
    /// a rename, so others may have to try again to open the file under its new name. Returns null if another process took the file for abandoned between its creation
    /// and its lock: try another name.
    /// </summary>
    public FileStream? TryCreateOwned(string path, string shownPath)
    {
        FileStream file;
        try
        {
            file = Do(StorageStep.CreateFile, "write", path, shownPath, () => new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write,
                OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.ReadWrite)));
        }
        catch (Errors.StorageException e) when (!OperatingSystem.IsWindows() && e.InnerException is IOException held && StorageErrors.IsInUse(held))
        {
            // .NET locks the file when it opens it, so another process holds it at this moment. It takes the file for abandoned and deletes it.
            return null;
        }

        try
        {
            // An exclusive lock, because network file systems refuse to write under a shared one. Names are used only once, so a file of this name is this one.
            if (OperatingSystem.IsWindows() || (StorageGuard.Run("write", shownPath, () => Posix.TryLock(file.SafeFileHandle, path)) && HasEntry(path))) return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Creates a file that is flushed later with others. It gets the default permissions, less the umask.</summary>
    public FileStream CreatePlain(string path, bool isExecutable) => Do(StorageStep.CreateFile, "write", path, path, () =>
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = isExecutable ? DefaultFile | Executable : DefaultFile;
        return new FileStream(path, options);
    });

    /// <summary>Creates a file with exact permissions that is flushed later with others. The permissions are ignored on Windows.</summary>
    public FileStream CreateWithMode(string path, UnixFileMode mode) => Do(StorageStep.CreateFile, "write", path, path, () =>
    {
        // Private until it has its permissions: the umask might let others read what they must not.
        var file = new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write, FileShare.None));
        if (!OperatingSystem.IsWindows() && mode != PrivateFile) File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    });

    /// <summary>Sets the permissions of a folder, on systems that have them.</summary>
    public void SetFolderMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        Do(StorageStep.SetMode, "write", path, path, () =>
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != mode) File.SetUnixFileMode(path, mode);
        });
    }

    /// <summary>Appends to an open file.</summary>
    public void Append(FileStream file, ReadOnlyMemory<byte> content, string shownPath) =>
        Do(StorageStep.WriteFile, "write", file.Name, shownPath, () => file.Write(content.Span));

    /// <summary>Flushes an open file to the device.</summary>
    public void Flush(FileStream file, string shownPath) => Do(StorageStep.FlushFile, "write", file.Name, shownPath, () => file.Flush(flushToDisk: true));

    /// <summary>Deletes a file of <see cref="TryCreateOwned"/> whose owner is gone. Returns false if the owner lives, or the file cannot be deleted now.</summary>
    public bool TryDeleteAbandoned(string path)
    {
        try
        {
            using var file = RegularFile.OpenWrite(path, FileShare.ReadWrite | FileShare.Delete, LinkUse.Refuse);
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

    /// <summary>Creates a link with a target, which need not exist. On Windows, a link to an existing folder by its full path is a junction, which needs no privilege.</summary>
    public void CreateLink(string path, string target) => Do(StorageStep.CreateLink, "write", path, path, () =>
    {
        if (OperatingSystem.IsWindows() && Path.IsPathFullyQualified(target) && Directory.Exists(target)) WindowsFile.CreateJunction(path, target);
        else File.CreateSymbolicLink(path, target);
    });

    /// <summary>Flushes everything written to a volume in one call. Linux only; on other systems, files are flushed one by one.</summary>
    public void FlushVolume(string folder) => Do(StorageStep.FlushVolume, "write", folder, folder, () => Posix.FlushVolume(folder));

    /// <summary>Keeps the current content of a file under a second name: a hard link where possible, else a flushed copy.</summary>
    public void Backup(string path, string backup)
    {
        var linked = !OperatingSystem.IsWindows() && Do(StorageStep.LinkBackup, "back up", path, path, () => Posix.TryLink(path, backup));
        if (!linked) CopyBackup(path, backup);
    }

    /// <summary>Renames a file atomically, replacing an existing one.</summary>
    public void Rename(string from, string to, string shownPath, StorageStep step = StorageStep.Rename) =>
        Do(step, "write", to, shownPath, () => File.Move(from, to, overwrite: true));

    /// <summary>Renames a file to a name that does not exist.</summary>
    public void RenameToNew(string from, string to) => Do(StorageStep.Rename, "write", to, to, () => File.Move(from, to, overwrite: false));

    /// <summary>Renames a folder to a name that does not exist.</summary>
    public void RenameFolder(string from, string to, string shownPath) => Do(StorageStep.RenameFolder, "write", to, shownPath, () => Directory.Move(from, to));

    /// <summary>Flushes new files and folders, with everything in them, in one call per volume where the system has one.</summary>
    public void FlushAll(IReadOnlyList<string> paths)
    {
        if (!OperatingSystem.IsLinux())
        {
            foreach (var path in paths) Do(StorageStep.FlushTree, "write", path, path, () => FlushEach(path));
            return;
        }

        foreach (var volume in paths.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal).DistinctBy(Posix.VolumeOf)) FlushVolume(volume);
    }

    /// <summary>Deletes a folder with everything in it, if it exists. Links are deleted as links. A crash leaves a part of it.</summary>
    public void DeleteTree(string path, string shownPath)
    {
        if (!HasEntry(path)) return;
        if (new DirectoryInfo(path).LinkTarget is not null || !Directory.Exists(path))
        {
            // The target of a link is not part of the folder.
            Do(StorageStep.DeleteTree, "delete", path, shownPath, () => DeleteFileOrLink(path));
            return;
        }

        Do(StorageStep.DeleteTree, "delete", path, shownPath, () => MakeDeletable(new DirectoryInfo(path)));
        foreach (var item in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
        {
            if (item is DirectoryInfo && item.LinkTarget is null) DeleteTree(item.FullName, shownPath);
            else Do(StorageStep.DeleteTree, "delete", item.FullName, shownPath, item.Delete);
        }

        Do(StorageStep.DeleteTree, "delete", path, shownPath, () => Directory.Delete(path));
    }

    /// <summary>Deletes a file or link, even one to a folder, if it exists.</summary>
    public void DeleteFile(string path, string shownPath)
    {
        if (HasEntry(path)) Do(StorageStep.DeleteFile, "delete", path, shownPath, () => DeleteFileOrLink(path));
    }

    /// <summary>Deletes a folder if it is empty. Returns false on failure: an empty folder is harmless, and the next caller deletes it.</summary>
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

    /// <summary>Deletes a folder with everything in it, after a failure. Returns false if something could not be deleted.</summary>
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

    /// <summary>Flushes the names in a folder to the device. Windows does that with the rename itself.</summary>
    public void FlushFolder(string path)
    {
        if (!OperatingSystem.IsWindows()) Do(StorageStep.FlushFolder, "write", path, path, () => Posix.FlushFolder(path));
    }

    /// <summary>Replaces the bytes of a small file of ours in place, without flushing, for data that is worthless after a restart of the machine.</summary>
    public void Mark(StorageStep step, string path, ReadOnlyMemory<byte> content) => Do(step, "write", path, path, () =>
    {
        using var file = OpenOrCreate(path, FileShare.ReadWrite | FileShare.Delete);
        file.Write(content.Span);
        if (file.Length != content.Length) file.SetLength(content.Length);
    });

    /// <summary>Whether a process holds a lock file, as <see cref="TryOpenLock"/> opens it. A missing file is not locked.</summary>
    public static bool IsLocked(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path, LinkUse.Refuse);
            // A shared lock, or two processes that ask at the same time would take each other for the holder.
            if (OperatingSystem.IsWindows()) return false;
            if (!Posix.TryLockShared(file.SafeFileHandle, path)) return true;
            Posix.Unlock(file.SafeFileHandle);
            return false;
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

    /// <summary>Opens a lock file exclusively, or returns null if another process holds it. The system releases it when the process dies.</summary>
    /// <remarks>
    /// On Unix, this takes the same lock as <see cref="FileShare.None"/>, but directly: a waiting process would otherwise throw and catch an exception for
    /// every attempt, and a runtime setting could switch the lock off. A link is not followed, because this creates the file.
    /// </remarks>
    public FileStream? TryOpenLock(string path)
    {
        FileStream? file = null;
        try
        {
            faults?.Before(StorageStep.OpenLock, path);
            file = OpenOrCreate(path, FileShare.None);
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

    // A file is created only where nothing is, so that nothing is created through a link that leads to nothing.
    private static FileStream OpenOrCreate(string path, FileShare share)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RegularFile.OpenWrite(path, share, LinkUse.Refuse);
            }
            catch (FileNotFoundException) when (attempt < SharingRetries)
            {
                if (TryCreate(path, share) is { } file) return file;
            }
        }
    }

    // Null if another process created it first.
    private static FileStream? TryCreate(string path, FileShare share)
    {
        try
        {
            return new FileStream(path, Private(FileMode.CreateNew, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? share : FileShare.ReadWrite));
        }
        catch (IOException) when (HasEntry(path))
        {
            return null;
        }
    }

    private static EnumerationOptions Everything => new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    // Entries of a read-only folder cannot be deleted, and its permissions are no longer needed.
    private static void MakeDeletable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (!folder.UnixFileMode.HasFlag(PrivateFolder)) folder.UnixFileMode |= PrivateFolder;
            return;
        }

        foreach (var item in folder.EnumerateFileSystemInfos("*", Everything).Where(item => item.Attributes.HasFlag(FileAttributes.ReadOnly))) item.Attributes &= ~FileAttributes.ReadOnly;
    }

    // On Windows, a link to a folder is a folder, too.
    private static void DeleteFileOrLink(string path)
    {
        if (OperatingSystem.IsWindows() && new FileInfo(path) is { LinkTarget: not null } link && link.Attributes.HasFlag(FileAttributes.Directory)) Directory.Delete(path, recursive: false);
        else File.Delete(path);
    }

    private static void FlushEach(string path)
    {
        // A link has no content of its own.
        if (new FileInfo(path).LinkTarget is not null) return;
        if (!Directory.Exists(path))
        {
            using var file = OperatingSystem.IsWindows() ? RegularFile.OpenWrite(path, FileShare.ReadWrite | FileShare.Delete) : RegularFile.OpenRead(path);
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
    private void SetMode(FileStream file, UnixFileMode mode, string shownPath) =>
        Do(StorageStep.SetMode, "write", file.Name, shownPath, () => File.SetUnixFileMode(file.SafeFileHandle, mode));

    private void CopyBackup(string path, string backup) => Do(StorageStep.CopyBackup, "back up", path, path, () =>
    {
        using var source = OpenRead(path);
        using var copy = new FileStream(backup, NewFile());
        source.CopyTo(copy);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy.SafeFileHandle, File.GetUnixFileMode(source.SafeFileHandle));
        copy.Flush(flushToDisk: true);
    });

    private void Do(StorageStep step, string verb, string path, string shownPath, Action effect) => Do(step, verb, path, shownPath, () =>
    {
        effect();
        return true;
    });

    private T Do<T>(StorageStep step, string verb, string path, string shownPath, Func<T> effect)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                faults?.Before(step, path);
                return effect();
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && attempt < SharingRetries && IsTransient(e))
            {
                // Virus scanners and indexers on Windows hold new files for some milliseconds, and a rename over an open file fails with "access denied".
                Thread.Sleep(10 * attempt);
            }
            catch (Exception e) when (StorageErrors.IsRefusal(e))
            {
                throw StorageErrors.Translate(e, verb, shownPath);
            }
        }
    }

    private static bool IsTransient(Exception error) => error is UnauthorizedAccessException || (error is IOException io && StorageErrors.IsInUse(io));
}
