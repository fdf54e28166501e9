using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Packs;

/// <summary>
/// Writes objects into packs: into a temporary file, which is flushed and then renamed. Nothing is written before the first block is full. Not thread-safe.
/// </summary>
/// <remarks>If objects are added before those that refer to them, every visible pack, together with earlier ones, is complete.</remarks>
internal sealed class PackWriter(PackFolder folder, Disk disk, long packLength = PackFormat.PackLength) : IDisposable
{
    // Lists and trees are in separate blocks, so that walking through trees does not decompress files.
    private readonly BlockBuilder _structure = new();
    private readonly BlockBuilder _content = new();
    private readonly List<PackBlock> _blocks = [];
    private readonly List<PackedObject> _objects = [];
    private readonly List<PackFile> _packs = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;
    private long _position;
    private bool _isBroken;

    /// <summary>Whether an error broke the writer.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>The size of the finished packs in bytes.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Adds an object, which must not be in this writer's packs yet.</summary>
    /// <exception cref="StorageException">A file operation failed. The writer is broken, but no existing object is lost.</exception>
    public void Add(ObjectId id, ObjectKind kind, ReadOnlySpan<byte> content)
    {
        // If a caller went on after an error, a partial object would be taken for a complete one.
        if (_isBroken) throw new InvalidOperationException("the session ended with an error");
        _isBroken = true;
        if (content.Length >= PackFormat.OwnBlockLength)
        {
            WriteBlock(content, [new PackedObject(id, kind, 0, 0, content.Length)]);
        }
        else
        {
            var builder = kind is ObjectKind.Blob or ObjectKind.Chunk ? _content : _structure;
            if (!builder.HasRoomFor(content.Length)) WriteBlock(builder);
            builder.Add(id, kind, content);
        }

        if (_position >= packLength) EndPack();
        _isBroken = false;
    }

    /// <summary>Makes all added objects durable.</summary>
    /// <returns>The new packs.</returns>
    public IReadOnlyList<PackFile> Complete()
    {
        if (_isBroken) throw new InvalidOperationException("the session ended with an error");
        _isBroken = true;
        EndPack();
        if (_packs.Count > 0) disk.FlushFolder(folder.Path);
        // A finished writer may be kept, and the places of thousands of objects take megabytes.
        _objects.TrimExcess();
        _content.TrimExcess();
        _structure.TrimExcess();
        _isBroken = false;
        return _packs;
    }

    /// <summary>Deletes the unfinished pack, if possible.</summary>
    public void Dispose()
    {
        _hash.Dispose();
        if (_file is null) return;
        try
        {
            disk.DeleteFile(_file.Name, _file.Name);
        }
        catch (StorageException)
        {
            // The next writer deletes it, once the lock is gone.
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void EndPack()
    {
        WriteBlock(_content);
        WriteBlock(_structure);
        if (_file is null) return;
        var index = new ByteWriter((_objects.Count + 8) * 40);
        PackIndex.Write(index, _blocks, _objects);
        var end = new byte[index.Length + PackFormat.TrailerLength];
        index.Span.CopyTo(end);
        var trailer = end.AsSpan(index.Length);
        BinaryPrimitives.WriteInt64LittleEndian(trailer, index.Length);
        PackChecksum.Of(index.Span).CopyTo(trailer[8..]);
        PackFormat.End.CopyTo(trailer[^PackFormat.End.Length..]);
        Append(end);
        disk.Flush(_file, folder.Path);
        var path = folder.PathOf(Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant());
        disk.Rename(_file.Name, path, path);
        _file.Dispose();
        _file = null;
        _packs.Add(PackFile.FromIndex(path, index.Memory));
        BytesWritten += _position;
        _position = 0;
        _blocks.Clear();
        _objects.Clear();
    }

    private void WriteBlock(BlockBuilder builder)
    {
        if (builder.IsEmpty) return;
        WriteBlock(builder.Bytes, builder.Objects);
        builder.Clear();
    }

    private void WriteBlock(ReadOnlySpan<byte> bytes, IReadOnlyList<PackedObject> objects)
    {
        if (_file is null) BeginPack();
        var stored = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
        try
        {
            var length = BlockCompression.Compress(bytes, stored);
            var isCompressed = length > 0;
            if (!isCompressed)
            {
                bytes.CopyTo(stored);
                length = bytes.Length;
            }

            _objects.AddRange(objects.Select(one => one with { Block = _blocks.Count }));
            _blocks.Add(new PackBlock(_position, length, bytes.Length, isCompressed));
            Append(stored.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    private void BeginPack()
    {
        folder.Create();
        if (_packs.Count == 0) folder.RemoveAbandoned();
        while (_file is null) _file = disk.TryCreateOwned(folder.NewTemporaryPath(), folder.Path);
        Append(PackFormat.Header.ToArray());
    }

    private void Append(ReadOnlyMemory<byte> bytes)
    {
        disk.Append(_file!, bytes, folder.Path);
        _hash.AppendData(bytes.Span);
        _position += bytes.Length;
    }
}
