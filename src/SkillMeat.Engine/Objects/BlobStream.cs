using System.Security.Cryptography;
using SkillMeat.Errors;
using SkillMeat.Objects.Chunks;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects;

/// <summary>
/// Reads a stored file sequentially, one chunk in memory at a time. Each chunk is verified before its bytes are returned, and the whole file before the end is
/// reported. Not thread-safe.
/// </summary>
internal sealed class BlobStream : ForwardStream
{
    private readonly ObjectReader _reader;
    private readonly ObjectId _id;
    private readonly string _path;
    private readonly List<ChunkReference> _chunks;
    private readonly IncrementalHash? _hash;
    private byte[] _buffer = [];
    private ReadOnlyMemory<byte> _left;
    private int _next;
    private long _position;

    public BlobStream(ObjectReader reader, ObjectId id)
    {
        _reader = reader;
        _id = id;
        var root = reader.Read(id, ref _buffer);
        _path = root.Path;
        switch (root.Kind)
        {
            case ObjectKind.Blob:
                _chunks = [];
                _left = root.Content;
                Length = root.Content.Length;
                break;
            case ObjectKind.ChunkedBlob:
                _chunks = reader.ReadChunks(id, root);
                Length = _chunks.Sum(chunk => chunk.Length);
                _hash = ObjectHash.Begin(ObjectKind.Blob, Length);
                break;
            default:
                throw ObjectErrors.Corrupt(root.Path, $"its object {id} is not a file");
        }
    }

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        var piece = Next();
        var length = Math.Min(piece.Length, buffer.Length);
        piece.Span[..length].CopyTo(buffer);
        Skip(length);
        return length;
    }

    /// <summary>Returns the next bytes without copying them. They are valid until the next call. Empty at the end.</summary>
    public ReadOnlyMemory<byte> ReadPiece()
    {
        var piece = Next();
        Skip(piece.Length);
        return piece;
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash?.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> Next()
    {
        while (_left.IsEmpty && _next < _chunks.Count)
        {
            var chunk = _chunks[_next];
            var found = _reader.Read(chunk.Id, ref _buffer);
            if (found.Kind != ObjectKind.Chunk || found.Content.Length != chunk.Length) throw ObjectErrors.Corrupt(found.Path, chunk.Id);
            _hash!.AppendData(found.Content.Span);
            _left = found.Content;
            if (++_next == _chunks.Count && ObjectHash.End(_hash) != _id) throw ObjectErrors.Corrupt(_path, _id);
        }

        return _left;
    }

    private void Skip(int length)
    {
        _left = _left[length..];
        _position += length;
    }
}
