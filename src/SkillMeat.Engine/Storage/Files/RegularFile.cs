using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace SkillMeat.Storage.Files;

/// <summary>
/// Opens existing files, everywhere in the engine. Only regular files are opened: a pipe blocks until somebody writes to it, and a device may never end or may do something.
/// Others can replace, rename or delete an open file.
/// </summary>
internal static class RegularFile
{
    /// <summary>The largest number of bytes that are read into memory at once, unless the caller states a smaller one.</summary>
    public const long MostBytesInMemory = 256L << 20;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is no regular file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or must not be read.</exception>
    public static FileStream OpenRead(string path, LinkUse links = LinkUse.Follow) => new(OpenHandle(path, links), FileAccess.Read, bufferSize: 0);

    /// <inheritdoc cref="OpenRead"/>
    public static SafeFileHandle OpenHandle(string path, LinkUse links = LinkUse.Follow) =>
        OperatingSystem.IsWindows() ? OpenOnWindows(path, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, links) : Posix.OpenRegular(path, forWriting: false, links);

    /// <summary>Opens a file for reading and writing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="share">The access of other programs on Windows. On Unix, a lock has to be taken.</param>
    /// <param name="links">Whether a link is followed.</param>
    /// <inheritdoc cref="OpenRead"/>
    public static FileStream OpenWrite(string path, FileShare share, LinkUse links = LinkUse.Follow) =>
        new LockableFile(OperatingSystem.IsWindows() ? OpenOnWindows(path, FileAccess.ReadWrite, share, links) : Posix.OpenRegular(path, forWriting: true, links));

    /// <summary>Reads all bytes of a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mostBytes">The largest length.</param>
    /// <param name="links">Whether a link is followed.</param>
    /// <exception cref="IOException">It is no regular file, cannot be read, or is larger.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or must not be read.</exception>
    public static byte[] ReadAllBytes(string path, long mostBytes = MostBytesInMemory, LinkUse links = LinkUse.Follow)
    {
        using var file = OpenHandle(path, links);
        var length = RandomAccess.GetLength(file);
        if (length > mostBytes) throw RefusedFileException.TooLarge(path, mostBytes);
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        var done = 0;
        while (done < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(done), done) is var read and > 0) done += read;

        // It can have become shorter since its length was read. What was appended later belongs to the next reading.
        return done == bytes.Length ? bytes : bytes[..done];
    }

    [SupportedOSPlatform("windows")]
    private static SafeFileHandle OpenOnWindows(string path, FileAccess access, FileShare share, LinkUse links)
    {
        if (links == LinkUse.Refuse && new FileInfo(path).LinkTarget is not null) throw RefusedFileException.Link(path);
        // This is the one place that opens existing files.
#pragma warning disable RS0030
        var file = File.OpenHandle(path, FileMode.Open, access, share);
#pragma warning restore RS0030
        if (WindowsFile.IsOnDisk(file)) return file;
        file.Dispose();
        throw RefusedFileException.NotRegular(path);
    }
}
