using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Packs;

/// <summary>A pack opened for reading. It keeps no file open, so that packs can be deleted on every system. Thread-safe.</summary>
internal sealed class PackFile
{
    private const int FirstRead = 64 * 1024;
    private const int MaxAttempts = 40;

    private PackFile(string path, ReadOnlyMemory<byte> index, PackBlock[] blocks)
    {
        Path = path;
        Index = index;
        Blocks = blocks;
    }

    public string Path { get; }

    /// <summary>The name, which is the SHA-256 of the file in hex.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The bytes of the index.</summary>
    public ReadOnlyMemory<byte> Index { get; }

    public IReadOnlyList<PackBlock> Blocks { get; }

    /// <summary>Reads the objects from the index. They are not kept, because the catalog keeps their locations.</summary>
    public IReadOnlyList<PackedObject> ReadObjects() => PackIndex.Read(Index.Span).Objects;

    /// <summary>Creates a pack from its known index.</summary>
    /// <exception cref="InvalidDataException">The index is inconsistent.</exception>
    public static PackFile FromIndex(string path, ReadOnlyMemory<byte> index)
    {
        var (blocks, _) = PackIndex.Read(index.Span);
        return new PackFile(path, index, blocks);
    }

    /// <summary>Opens a pack by reading its end.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: the file is not a pack, or is damaged.</exception>
    /// <exception cref="StorageException">The file cannot be read. The inner exception tells whether it is gone.</exception>
    public static PackFile Open(string path)
    {
        try
        {
            using var file = OpenHandle(path);
            return FromIndex(path, ReadIndex(file));
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException or EndOfStreamException)
        {
            throw ObjectErrors.Corrupt(path, $"it is damaged: {e.Message}", e);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    /// <summary>Reads a block into a target of its length.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: the block cannot be decompressed. Objects are verified by the caller.</exception>
    /// <exception cref="StorageException">The file cannot be read. The inner exception tells whether it is gone.</exception>
    public void ReadBlock(int number, Span<byte> target)
    {
        var block = Blocks[number];
        var stored = ArrayPool<byte>.Shared.Rent(block.StoredLength);
        try
        {
            var bytes = stored.AsSpan(0, block.StoredLength);
            using (var file = OpenHandle(Path)) ReadExactly(file, bytes, block.Position);
            if (!block.IsCompressed && bytes.Length == target.Length) bytes.CopyTo(target);
            else if (!block.IsCompressed || !BrotliDecoder.TryDecompress(bytes, target, out var length) || length != target.Length) throw new InvalidDataException("a block cannot be decompressed");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw ObjectErrors.Corrupt(Path, $"it is damaged: {e.Message}", e);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", Path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    /// <summary>Whether the content of a pack matches its name. Reads all of it.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public static bool IsIntact(string path) => StorageGuard.Run("read", path, () =>
    {
        using var file = new FileStream(OpenHandle(path), FileAccess.Read, bufferSize: 0);
        return Convert.ToHexString(SHA256.HashData(file)).Equals(System.IO.Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase);
    });

    private static byte[] ReadIndex(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length < PackFormat.HeaderLength + PackFormat.TrailerLength) throw new InvalidDataException("it is too short");
        var end = new byte[Math.Min(length - PackFormat.HeaderLength, FirstRead)];
        ReadExactly(file, end, length - end.Length);
        var trailer = end.AsSpan(end.Length - PackFormat.TrailerLength);
        var indexLength = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        if (indexLength < 0 || indexLength > length - PackFormat.HeaderLength - PackFormat.TrailerLength || indexLength > Array.MaxLength) throw new InvalidDataException("the length of its index is wrong");
        var index = new byte[indexLength];
        var behind = end.AsSpan(0, end.Length - PackFormat.TrailerLength);
        if (behind.Length >= index.Length) behind[^index.Length..].CopyTo(index);
        else ReadExactly(file, index, length - PackFormat.TrailerLength - indexLength);
        Span<byte> header = stackalloc byte[PackFormat.HeaderLength];
        ReadExactly(file, header, 0);
        if (!header.SequenceEqual(PackFormat.Header) || !trailer[^PackFormat.End.Length..].SequenceEqual(PackFormat.End)) throw new InvalidDataException("it is not a pack of this version");
        if (!trailer.Slice(8, PackFormat.ChecksumLength).SequenceEqual(PackChecksum.Of(index))) throw new InvalidDataException("the checksum of its index does not match");
        return index;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> target, long position)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(file, target, position);
            if (read == 0) throw new EndOfStreamException("it ends unexpectedly");
            target = target[read..];
            position += read;
        }
    }

    // A writer holds its lock until just after the rename, and Windows does not open locked files.
    private static SafeFileHandle OpenHandle(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RegularFile.OpenHandle(path, LinkUse.Refuse);
            }
            catch (IOException e) when (StorageErrors.IsInUse(e) && attempt < MaxAttempts)
            {
                Thread.Sleep(attempt);
            }
        }
    }
}
