using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Scanning;

/// <summary>Reads the stamps of a folder and the entries below it. Links are not followed. Not thread-safe.</summary>
internal sealed class StampReader : IDisposable
{
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;
    private const int NameTooLongOnLinux = 36;
    private const int NameTooLongOnMac = 63;
    private const long NanosecondsPerTick = 100;

    private readonly string _root;
    private readonly SafeFileHandle? _folder;
    private readonly byte[] _answer = new byte[256];
    private byte[] _name = new byte[1024];

    /// <exception cref="Errors.StorageException">The folder does not exist.</exception>
    public StampReader(string root)
    {
        _root = root;
        if (!OperatingSystem.IsWindows()) _folder = StorageGuard.Run("read", root, () => Posix.OpenFolder(root));
    }

    /// <summary>Reads the stamp of a path below the folder. Returns false if it does not exist.</summary>
    /// <param name="path">The path, with <c>/</c> as the separator. Empty for the folder itself.</param>
    /// <param name="stamp">The stamp.</param>
    /// <exception cref="Errors.StorageException">The system reported an error.</exception>
    public bool TryRead(string path, out FileStamp stamp)
    {
        if (_folder is null) return TryReadInfo(path, out stamp);
        return TryRead(Encode(path), out stamp);
    }

    /// <summary>Reads the stamp of a path below the folder, or of a full path.</summary>
    /// <param name="path">The path in UTF-8, with a zero at its end.</param>
    /// <param name="stamp">The stamp.</param>
    /// <inheritdoc cref="TryRead(string, out FileStamp)"/>
    public bool TryRead(ReadOnlySpan<byte> path, out FileStamp stamp)
    {
        if (_folder is null) return TryReadInfo(Encoding.UTF8.GetString(path[..^1]), out stamp);
        stamp = default;
        var error = Posix.Stat(_folder, path, _answer);
        if (error is NoSuchFile or NotAFolder || error == (OperatingSystem.IsLinux() ? NameTooLongOnLinux : NameTooLongOnMac)) return false;
        if (error != 0) throw StorageErrors.Translate(new IOException($"error {error}", error), "read", Path.Combine(_root, Encoding.UTF8.GetString(path[..^1])));
        stamp = OperatingSystem.IsLinux() ? FromLinux() : FromMac();
        return true;
    }

    public void Dispose() => _folder?.Dispose();

    private ReadOnlySpan<byte> Encode(string path)
    {
        if (path.Length == 0) path = ".";
        var most = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        if (_name.Length < most) _name = new byte[most * 2];
        var length = Encoding.UTF8.GetBytes(path, _name);
        _name[length] = 0;
        return _name.AsSpan(0, length + 1);
    }

    private FileStamp FromLinux()
    {
        var answer = _answer.AsSpan();
        return Make(BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]), (long)Number(answer, 40), Time(answer, 112, nanosecondLength: 4), Time(answer, 96, nanosecondLength: 4), Number(answer, 32));
    }

    private FileStamp FromMac()
    {
        var answer = _answer.AsSpan();
        return Make(BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]), (long)Number(answer, 96), Time(answer, 48, nanosecondLength: 8), Time(answer, 64, nanosecondLength: 8), Number(answer, 8));
    }

    private static FileStamp Make(int mode, long size, long modified, long changed, ulong inode) => new(
        (mode & 0xf000) switch
        {
            0x8000 => FileType.File,
            0x4000 => FileType.Folder,
            0xa000 => FileType.Link,
            _ => FileType.Other,
        },
        mode & TreeEntry.AllPermissions, size, modified, changed, inode);

    private static ulong Number(ReadOnlySpan<byte> answer, int at) => BinaryPrimitives.ReadUInt64LittleEndian(answer[at..]);

    private static long Time(ReadOnlySpan<byte> answer, int at, int nanosecondLength) => ((long)Number(answer, at) * 1_000_000_000)
        + (nanosecondLength == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(answer[(at + 8)..]) : (long)Number(answer, at + 8));

    private bool TryReadInfo(string path, out FileStamp stamp)
    {
        var info = new FileInfo(Path.Combine(_root, path));
        var attributes = StorageGuard.Run("read", info.FullName, () =>
        {
            info.Refresh();
            return info.Attributes;
        });
        stamp = default;
        if ((int)attributes == -1) return false;
        var isFolder = attributes.HasFlag(FileAttributes.Directory);
        var isLink = attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null;
        var modified = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
        stamp = new FileStamp(isLink ? FileType.Link : isFolder ? FileType.Folder : FileType.File, Mode: 0, isFolder || isLink ? 0 : info.Length, modified, 0, 0);
        return true;
    }
}
