using System.Buffers.Binary;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Indexing;

/// <summary>Stamps of files as the database stores them. An empty one never fits, so its file is read again.</summary>
internal static class FileStamps
{
    private const int Length = 33;

    /// <summary>The stamp of a file that does not exist.</summary>
    public static byte[] Missing { get; } = [0];

    /// <summary>Reads the stamp of a file, or of the file that a link leads to.</summary>
    /// <param name="folder">A stamp reader for a folder above the file.</param>
    /// <param name="root">The full path of that folder.</param>
    /// <param name="path">The path below it, with <c>/</c>.</param>
    /// <param name="readAt">The time before the file is read, in nanoseconds since 1970. A file that was changed a moment ago can change again without a trace.</param>
    /// <exception cref="Errors.StorageException">The system reported an error.</exception>
    public static byte[] Read(StampReader folder, string root, string path, long readAt)
    {
        if (!folder.TryRead(path, out var stamp)) return Missing;
        if (stamp.Type == FileType.Link)
        {
            var target = LinkTarget.Resolve(Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar)));
            if (!File.Exists(target)) return Missing;
            using var elsewhere = new StampReader(Path.GetDirectoryName(target)!);
            if (!elsewhere.TryRead(Path.GetFileName(target), out stamp)) return Missing;
        }

        return stamp.IsSettledAt(readAt) ? Encode(stamp) : [];
    }

    private static byte[] Encode(FileStamp stamp)
    {
        var bytes = new byte[Length];
        bytes[0] = (byte)stamp.Type;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), stamp.Size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), stamp.Modified);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(17), stamp.Changed);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(25), stamp.Inode);
        return bytes;
    }
}
