using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SkillMeat.Storage.Files;

/// <summary>The few system calls of Unix that .NET does not offer.</summary>
internal static class Posix
{
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int ExclusiveWithoutWaiting = 2 | 4;

    /// <summary>Makes the names in a folder survive a loss of power. File systems that can't do that for folders say so, and are left alone.</summary>
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

    /// <summary>Makes everything that was written to the volume of a folder survive a loss of power. Linux only.</summary>
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

    /// <summary>Tells volumes apart. Linux only.</summary>
    public static ulong VolumeOf(string folder)
    {
        Span<byte> answer = stackalloc byte[256];
        using var handle = OpenFolder(folder);
        var error = Stat(handle, ".\0"u8, answer);
        return error == 0 ? BitConverter.ToUInt64(answer[136..]) : throw new IOException($"error {error}: '{folder}'", error);
    }

    /// <summary>Gives a file a second name; false when the file system, or its rules, have no such thing.</summary>
    public static bool TryLink(string path, string secondName) => link(path, secondName) == 0;

    /// <summary>Locks an open file against every other opening; false when another one has it.</summary>
    /// <exception cref="IOException">The file system has no locks at all; to go on without would mean to lose changes.</exception>
    public static bool TryLock(SafeHandle file, string path)
    {
        if (Retry(() => flock(file, ExclusiveWithoutWaiting)) == 0) return true;
        return Marshal.GetLastPInvokeError() is 11 or 35 ? false : throw LastError(path);
    }

    /// <summary>The folder's path without any link in it, as the kernel sees it.</summary>
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

    /// <summary>Opens a folder to ask for what is in it; links in the path are followed.</summary>
    public static SafeFileHandle OpenFolder(string path)
    {
        // O_PATH, because to ask for a file's state one need not be allowed to list the folder.
        var descriptor = Retry(() => open(path, OperatingSystem.IsLinux() ? OpenFlags | 0x200000 : OpenFlags));
        return descriptor < 0 ? throw LastError(path) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>
    /// What the system knows of a file, by <c>statx</c> on Linux (256 bytes) and <c>fstatat</c> on macOS (144 bytes), both of the same layout on every processor. Links are
    /// not followed.
    /// </summary>
    /// <returns>0, or the system's error number.</returns>
    public static int Stat(SafeHandle folder, ReadOnlySpan<byte> name, Span<byte> target)
    {
        var result = OperatingSystem.IsLinux() ? statx(folder, in MemoryMarshal.GetReference(name), 0x100, 0x7ff, ref MemoryMarshal.GetReference(target))
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? fstatatOfX64(folder, in MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), 0x20)
            : fstatat(folder, in MemoryMarshal.GetReference(name), ref MemoryMarshal.GetReference(target), 0x20);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    // O_RDONLY with O_CLOEXEC, so that a child process never inherits the descriptor.
    private static int OpenFlags => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0;

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
    private static extern nint realpath([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint buffer);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(SafeHandle folder, in byte name, int flags, uint mask, ref byte target);

    [DllImport("libc", SetLastError = true)]
    private static extern int fstatat(SafeHandle folder, in byte name, ref byte target, int flags);

    [DllImport("libc", EntryPoint = "fstatat$INODE64", SetLastError = true)]
    private static extern int fstatatOfX64(SafeHandle folder, in byte name, ref byte target, int flags);

    [DllImport("libc")]
    private static extern void free(nint pointer);
}
