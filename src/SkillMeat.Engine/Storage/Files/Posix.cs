using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SkillMeat.Storage.Files;

/// <summary>The system calls of Unix that .NET does not offer.</summary>
internal static class Posix
{
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int NotAFolder = 20;
    private const int NoSuchDevice = 6;
    private const int IsFolder = 21;
    private const int InvalidArgument = 22;
    private const int ReadAndWrite = 2;
    private const int TypeMask = 0xf000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;
    private const int LinkCycleOnLinux = 40;
    private const int LinkCycleOnMac = 62;
    private const int SharedWithoutWaiting = 1 | 4;
    private const int ExclusiveWithoutWaiting = 2 | 4;
    private const int Release = 8;

    /// <summary>Flushes the names in a folder to the device. File systems that do not support this for folders are ignored.</summary>
    public static void FlushFolder(string path)
    {
        var descriptor = Retry(() => open(path, OpenFlags));
        if (descriptor < 0) throw LastError(path);
        try
        {
            if (Retry(() => fsync(descriptor)) < 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or 95 or 45)) throw LastError(path);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    /// <summary>Flushes everything written to the volume of a folder. Linux only.</summary>
    public static void FlushVolume(string path)
    {
        var descriptor = Retry(() => open(path, OpenFlags));
        if (descriptor < 0) throw LastError(path);
        try
        {
            if (Retry(() => syncfs(descriptor)) < 0) throw LastError(path);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    /// <summary>Returns the number of a folder's volume. Linux only.</summary>
    public static ulong VolumeOf(string folder)
    {
        Span<byte> answer = stackalloc byte[256];
        using var handle = OpenFolder(folder);
        var error = Stat(handle, ".\0"u8, answer);
        return error == 0 ? BitConverter.ToUInt64(answer[136..]) : throw new IOException($"error {error}: '{folder}'", error);
    }

    /// <summary>
    /// Returns the number of a folder with the time at which it was made, or with its volume where that time is not recorded. A number is given again when a folder is gone, and a volume has the number of another one after it.
    /// </summary>
    public static string IdentityOf(string folder)
    {
        Span<byte> answer = stackalloc byte[256];
        using var handle = OpenFolder(folder);
        var error = Stat(handle, ".\0"u8, answer);
        if (error != 0) throw new IOException($"error {error}: '{folder}'", error);
        var isLinux = OperatingSystem.IsLinux();
        var (inode, volume) = isLinux ? (BitConverter.ToUInt64(answer[32..]), BitConverter.ToUInt64(answer[136..])) : (BitConverter.ToUInt64(answer[8..]), BitConverter.ToUInt32(answer));
        // Both systems have it there, and Linux says whether it is known.
        var (seconds, nanoseconds) = (BitConverter.ToInt64(answer[80..]), BitConverter.ToUInt32(answer[88..]));
        var isTimeKnown = seconds > 0 && (!isLinux || (BitConverter.ToUInt32(answer) & 0x800) != 0);
        return isTimeKnown ? string.Create(CultureInfo.InvariantCulture, $"{inode:x}-{seconds:x}.{nanoseconds:x}") : string.Create(CultureInfo.InvariantCulture, $"{inode:x}-volume.{volume:x}");
    }

    /// <summary>Creates a hard link, or returns false if the file system does not support or allow it.</summary>
    public static bool TryLink(string path, string secondName) => link(path, secondName) == 0;

    /// <summary>Whether there is anything at a path, even a dangling link.</summary>
    /// <exception cref="IOException">The system cannot tell, for example because a folder in the path may not be searched.</exception>
    public static bool HasEntry(string path)
    {
        // A text with this character would end there for the system, and name something else.
        if (path.Contains('\0', StringComparison.Ordinal)) return false;
        // One call for files, folders and links: anything but a link is an "invalid argument".
        byte start = 0;
        if (Retry(() => (int)readlink(path, ref start, 1)) >= 0) return true;
        return Marshal.GetLastPInvokeError() switch
        {
            InvalidArgument => true,
            NoSuchFile or NotAFolder or 36 or 63 => false,
            _ => throw LastError(path),
        };
    }

    /// <summary>Locks an open file exclusively, or returns false if another process holds the lock.</summary>
    /// <exception cref="IOException">The file system does not support locks, and continuing without one could lose changes.</exception>
    public static bool TryLock(SafeHandle file, string path) => TryLock(file, ExclusiveWithoutWaiting, path);

    /// <summary>Locks an open file against exclusive locks, or returns false if another process holds one.</summary>
    /// <inheritdoc cref="TryLock(SafeHandle, string)"/>
    public static bool TryLockShared(SafeHandle file, string path) => TryLock(file, SharedWithoutWaiting, path);

    /// <summary>Releases the lock of an open file. Closing it is not enough: a child process that is just being started has the file, too, until it runs its own program.</summary>
    public static void Unlock(SafeHandle file) => _ = Retry(() => flock(file, Release));

    private static bool TryLock(SafeHandle file, int operation, string path)
    {
        if (Retry(() => flock(file, operation)) == 0) return true;
        return Marshal.GetLastPInvokeError() is 11 or 35 ? false : throw LastError(path);
    }

    /// <summary>Returns the path of a folder without links, as the kernel resolves it.</summary>
    public static string RealPath(string path)
    {
        var text = realpath(path, 0);
        if (text == 0) throw LastError(path);
        try
        {
            return Marshal.PtrToStringUTF8(text)!;
        }
        finally
        {
            free(text);
        }
    }

    /// <summary>Opens a folder for queries about its entries, following links in its path.</summary>
    public static SafeFileHandle OpenFolder(string path)
    {
        // O_PATH, because querying the state of a file does not need permission to list the folder.
        var descriptor = Retry(() => open(path, OperatingSystem.IsLinux() ? OpenFlags | 0x200000 : OpenFlags));
        return descriptor < 0 ? throw LastError(path) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Opens an existing file that is neither a folder nor a pipe, device or socket. Never blocks.</summary>
    /// <exception cref="IOException">It is no regular file, or cannot be opened. The numbers of errors are those of the system, as .NET has them.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or access is denied.</exception>
    public static SafeFileHandle OpenRegular(string path, bool forWriting, LinkUse links)
    {
        // A text with this character would end there for the system, and name something else.
        if (path.Contains('\0', StringComparison.Ordinal)) throw new FileNotFoundException($"a path cannot contain a NUL character: '{path.Replace('\0', '?')}'");
        var flags = OpenFlags | (forWriting ? ReadAndWrite : 0) | (links == LinkUse.Refuse ? NoFollow : 0);
        var descriptor = Retry(() => open(path, flags));
        if (descriptor < 0) throw OpenError(path, links);
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            return (ModeOf(file, path) & TypeMask) switch
            {
                RegularType => file,
                FolderType => throw new UnauthorizedAccessException($"it is a folder: '{path}'", new IOException("it is a folder", IsFolder)),
                _ => throw RefusedFileException.NotRegular(path),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the status of a file, with <c>statx</c> on Linux (256 bytes) and <c>fstatat</c> on macOS (144 bytes), whose layouts are the same on every processor. Does
    /// not follow links.
    /// </summary>
    /// <returns>0, or the error number of the system.</returns>
    public static int Stat(SafeHandle folder, ReadOnlySpan<byte> name, Span<byte> target)
    {
        var result = OperatingSystem.IsLinux() ? statx(folder, in MemoryMarshal.GetReference(name), 0x100, 0xfff, ref MemoryMarshal.GetReference(target))
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? fstatatOfX64(folder, in MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), 0x20)
            : fstatat(folder, in MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), 0x20);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    // O_RDONLY with O_CLOEXEC, so that child processes do not inherit the descriptor, O_NONBLOCK, so that a pipe does not block, and O_NOCTTY, so that a terminal does not become ours.
    private static int OpenFlags => OperatingSystem.IsLinux() ? 0x80000 | 0x800 | 0x100 : OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 | 0x20000 : 0;

    // O_NOFOLLOW. Linux numbers it differently on ARM.
    private static int NoFollow => OperatingSystem.IsMacOS() ? 0x100 : RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    private static int ModeOf(SafeFileHandle file, string path)
    {
        Span<byte> answer = stackalloc byte[256];
        ref var target = ref MemoryMarshal.GetReference(answer);
        // The status of the open file itself: another one could be at the path by now.
        var result = OperatingSystem.IsLinux() ? statx(file, in MemoryMarshal.GetReference("\0"u8), 0x1000, 0x1, ref target)
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? fstatOfX64(file, ref target)
            : fstat(file, ref target);
        return result == 0 ? BitConverter.ToUInt16(answer[(OperatingSystem.IsLinux() ? 28 : 4)..]) : throw LastError(path);
    }

    /// <summary>Asks a process to end.</summary>
    /// <exception cref="IOException">It belongs to another user, or has ended.</exception>
    public static void Terminate(int process)
    {
        const int EndRequest = 15;
        if (kill(process, EndRequest) < 0) throw LastError(string.Create(CultureInfo.InvariantCulture, $"process {process}"));
    }

    // As .NET reports the same errors of its own.
    private static Exception OpenError(string path, LinkUse links)
    {
        var error = LastError(path);
        return error.HResult switch
        {
            NoSuchFile => Directory.Exists(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".") ? new FileNotFoundException(error.Message, path) : new DirectoryNotFoundException(error.Message),
            1 or 13 or 30 => new UnauthorizedAccessException(error.Message, error),
            IsFolder => new UnauthorizedAccessException(error.Message, error),
            LinkCycleOnLinux or LinkCycleOnMac when links == LinkUse.Refuse => RefusedFileException.Link(path),
            NoSuchDevice => RefusedFileException.NotRegular(path),
            36 or 63 => new PathTooLongException(error.Message, error),
            _ => error,
        };
    }

    private static int Retry(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result;
    }

    private static IOException LastError(string path)
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(number)}: '{path}'", number);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int syncfs(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int flock(SafeHandle descriptor, int operation);

    [DllImport("libc", SetLastError = true)]
    private static extern int link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string secondName);

    [DllImport("libc", SetLastError = true)]
    private static extern nint readlink([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref byte target, nint length);

    [DllImport("libc", SetLastError = true)]
    private static extern nint realpath([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint buffer);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(SafeHandle folder, in byte name, int flags, uint mask, ref byte target);

    [DllImport("libc", SetLastError = true)]
    private static extern int fstat(SafeHandle file, ref byte target);

    [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static extern int fstatOfX64(SafeHandle file, ref byte target);

    [DllImport("libc", SetLastError = true)]
    private static extern int fstatat(SafeHandle folder, in byte name, ref byte target, int flags);

    [DllImport("libc", EntryPoint = "fstatat$INODE64", SetLastError = true)]
    private static extern int fstatatOfX64(SafeHandle folder, in byte name, ref byte target, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    private static extern void free(nint pointer);
}
