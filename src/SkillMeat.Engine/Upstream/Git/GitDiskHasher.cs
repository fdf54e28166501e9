using System.Buffers;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Git;

/// <summary>Hashes files and folders for <see cref="GitObjectId"/> with a single hash and buffer.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class GitDiskHasher(CancellationToken cancellationToken) : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly GitHash _hash = new();
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);

    public GitOid HashFile(string path)
    {
        try
        {
            return HashContent(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(path, e);
        }
    }

    public GitOid HashFolder(string folder)
    {
        var tree = EntriesOf(folder);
        return _hash.Of(GitObjectKind.Tree, GitTree.Write(tree).Span);
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private List<GitTreeEntry> EntriesOf(string folder)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entries = new List<GitTreeEntry>();
        foreach (var item in ItemsOf(folder))
        {
            if (item.Name.Equals(".git", StringComparison.OrdinalIgnoreCase)) continue;
            if (EntryOf(item) is { } entry) entries.Add(entry);
        }

        return entries;
    }

    private static FileSystemInfo[] ItemsOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(folder, e);
        }
    }

    private GitTreeEntry? EntryOf(FileSystemInfo item)
    {
        if (item.LinkTarget is { } target) return new GitTreeEntry(item.Name, GitFileMode.Link, _hash.Of(GitObjectKind.Blob, TextOf(target)));
        if (item is not DirectoryInfo) return new GitTreeEntry(item.Name, ModeOf(item), HashFile(item.FullName));
        var entries = EntriesOf(item.FullName);
        return entries.Count == 0
            ? null
            : new GitTreeEntry(item.Name, GitFileMode.Folder, _hash.Of(GitObjectKind.Tree, GitTree.Write(entries).Span));
    }

    // Git stores the targets of links with slashes on all systems.
    private static byte[] TextOf(string target) =>
        Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target);

    private static GitFileMode ModeOf(FileSystemInfo file) =>
        !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? GitFileMode.Executable : GitFileMode.File;

    private GitOid HashContent(string path)
    {
        // A pipe has no length, and opening it would block until another process writes to it.
        var expected = LengthOf(path);
        if (expected == 0) return _hash.Of(GitObjectKind.Blob, []);
        using var file = RegularFile.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        _hash.Begin(GitObjectKind.Blob, length);
        long offset = 0;
        for (int read; (read = RandomAccess.Read(file, _buffer, offset)) > 0; offset += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.Append(_buffer.AsSpan(0, read));
        }

        var oid = _hash.End();
        return offset == length ? oid : throw new IOException("it changed while it was read");
    }

    private static long LengthOf(string path)
    {
        var info = new FileInfo(path);
        return info.LinkTarget is null ? info.Length : (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length;
    }

    private static StorageException CannotRead(string path, Exception cause) =>
        new(ErrorIds.StorageFailed, path, $"cannot read {path}: {cause.Message}", cause);
}
