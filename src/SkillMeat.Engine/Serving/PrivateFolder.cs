using System.Security.Cryptography;
using System.Text;
using SkillMeat.Storage.Files;

namespace SkillMeat.Serving;

/// <summary>A folder whose files only their owner can read. Files that others could read or write are treated as missing.</summary>
/// <remarks>Thread-safe. Errors of the file system are not translated.</remarks>
public sealed class PrivateFolder
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateMode = PrivateFile | UnixFileMode.UserExecute;
    private const long MostBytes = 64 << 10;
    private const int NameBytes = 8;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Names a folder, which need not exist.</summary>
    /// <param name="path">The full path.</param>
    public PrivateFolder(string path)
    {
        Path = path;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Returns the full path of a file.</summary>
    /// <param name="name">The name of the file.</param>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if it does not exist, and takes it from others.</summary>
    /// <exception cref="IOException">It cannot be made, or is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            OwnerFolder.Create(Path);
            return;
        }

        Directory.CreateDirectory(Path, PrivateMode);
        if (new DirectoryInfo(Path).LinkTarget is not null) throw new IOException("It is a link. Remove it.");
        File.SetUnixFileMode(Path, PrivateMode);
    }

    /// <summary>Returns the names of files. Empty if the folder does not exist.</summary>
    /// <param name="pattern">The pattern of the names, with wildcards.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be read.</exception>
    public IReadOnlyList<string> Find(string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path, pattern).Select(file => System.IO.Path.GetFileName(file))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Reads a file. Null if it is not there, is empty or too large, or if others could have read or written it.</summary>
    /// <param name="name">The name of the file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public string? TryRead(string name)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Exists || file.LinkTarget is not null || file.Length is 0 or > MostBytes) return null;
        if (OperatingSystem.IsWindows() ? !OwnerFolder.IsPrivate(file) : file.UnixFileMode != PrivateFile) return null;
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file.FullName, MostBytes, LinkUse.Refuse));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole, with a line feed at its end.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="text">The text.</param>
    /// <param name="overwrites">Whether it takes the place of another one.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public void Write(string name, string text, bool overwrites)
    {
        var path = PathOf(name);
        var temporary = $"{path}.{RandomName()}.tmp";
        using (var stream = new FileStream(temporary, Options(FileMode.CreateNew, FileAccess.Write, FileShare.None))) stream.Write(Encoding.UTF8.GetBytes($"{text}\n"));
        try
        {
            File.Move(temporary, path, overwrites);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Opens a file to write at its end. One that has become too large gets the ending <c>.old</c> before.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="mostBytes">The length from which on a new one is begun.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public FileStream Append(string name, long mostBytes)
    {
        var file = new FileInfo(PathOf(name));
        if (file.LinkTarget is not null) throw RefusedFileException.Link(file.FullName);
        if (file.Exists && file.Length > mostBytes) File.Move(file.FullName, $"{file.FullName}.old", overwrite: true);
        return new FileStream(file.FullName, Options(FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>Deletes a file, if that is possible.</summary>
    /// <param name="name">The name of the file, or its path.</param>
    public void TryDelete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next program that finds it tries again.
        }
    }

    /// <summary>Waits until no other process holds a lock, and holds it.</summary>
    /// <param name="name">The name of the file of the lock.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The lock, which ends when it is disposed.</returns>
    /// <exception cref="IOException">Another process holds it for longer, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public FileStream Lock(string name, TimeSpan longest, TimeProvider time)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (TryLock(name, isLast: time.GetElapsedTime(start) >= longest) is { } held) return held;
            Thread.Sleep(_pause);
        }
    }

    /// <summary>Waits until no other process holds a lock, and holds it.</summary>
    /// <param name="name">The name of the file of the lock.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The lock, which ends when it is disposed.</returns>
    /// <exception cref="IOException">Another process holds it for longer, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public async Task<FileStream> LockAsync(string name, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (TryLock(name, isLast: time.GetElapsedTime(start) >= longest) is { } held) return held;
            await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a name that nobody can guess.</summary>
    public static string RandomName() => Convert.ToHexString(RandomNumberGenerator.GetBytes(NameBytes)).ToLowerInvariant();

    private FileStream? TryLock(string name, bool isLast)
    {
        try
        {
            return new FileStream(PathOf(name), Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (!isLast)
        {
            return null;
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        return options;
    }
}
