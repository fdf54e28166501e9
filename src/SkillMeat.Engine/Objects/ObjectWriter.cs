using System.Buffers;
using SkillMeat.Errors;
using SkillMeat.Objects.Chunks;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects;

/// <summary>
/// Adds objects to a store. New ones go into one pack, and become visible to everyone when <see cref="Commit"/> returns, or when the batch is committed if there is
/// one. If it is disposed before, nothing was added, except that objects stay in a batch. Not thread-safe, but any number of writers can work at the same time.
/// </summary>
internal sealed class ObjectWriter : IDisposable
{
    private readonly ObjectBatch _batch;
    private readonly bool _ownsBatch;
    private readonly ByteWriter _node = new(4096);
    private readonly Func<ObjectId> _storeTreeNode;
    private bool _isCommitted;

    /// <summary>Creates a writer for <see cref="ObjectStore.BeginWrite"/>.</summary>
    public ObjectWriter(ObjectStore store)
        : this(new ObjectBatch(store)) => _ownsBatch = true;

    /// <summary>Creates a writer for <see cref="ObjectBatch.BeginWrite"/>.</summary>
    public ObjectWriter(ObjectBatch batch)
    {
        _batch = batch;
        _storeTreeNode = () => Add(ObjectKind.Tree, _node.Span);
    }

    /// <summary>The number of new objects.</summary>
    public int ObjectsAdded { get; private set; }

    /// <summary>The size of the finished packs in bytes. Complete after <see cref="Commit"/>.</summary>
    public long BytesWritten => _batch.BytesWritten;

    /// <summary>Whether an error broke the writer, so that nothing can be added any more.</summary>
    public bool IsBroken => _batch.IsBroken;

    /// <summary>Adds the bytes of a file, or the text of a link.</summary>
    /// <exception cref="StorageException">A file operation failed.</exception>
    public ObjectId AddBlob(ReadOnlySpan<byte> content)
    {
        if (content.Length <= ChunkSize.WholeLength) return Add(ObjectKind.Blob, content);
        var id = ObjectHash.Of(ObjectKind.Blob, content);
        if (HasBlob(id)) return id;
        var size = ChunkSize.For(content.Length);
        var chunks = new List<ChunkReference>();
        for (var rest = content; !rest.IsEmpty;)
        {
            var length = size.Cut(rest);
            chunks.Add(AddChunk(rest[..length]));
            rest = rest[length..];
        }

        return AddList(id, chunks);
    }

    /// <summary>Adds a file of any length, with a few chunks in memory.</summary>
    /// <param name="content">The stream, from its current position.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EndOfStreamException">The stream has fewer bytes.</exception>
    /// <exception cref="StorageException">A file operation failed.</exception>
    public ObjectId AddBlob(Stream content, long length, CancellationToken cancellationToken)
    {
        var size = ChunkSize.For(length);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Math.Max(ChunkSize.WholeLength, 2L * size.Maximum)));
        try
        {
            if (length > ChunkSize.WholeLength) return AddChunked(content, length, size, buffer, cancellationToken);
            content.ReadExactly(buffer, 0, (int)length);
            return AddBlob(buffer.AsSpan(0, (int)length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Adds a folder, whose entries must have been added before, by this writer or an earlier one.</summary>
    /// <exception cref="ArgumentException">A name is invalid or duplicate.</exception>
    /// <exception cref="StorageException">A file operation failed.</exception>
    public ObjectId AddTree(IReadOnlyCollection<TreeEntry> entries) => TreeFormat.Write(entries, _node, _storeTreeNode);

    /// <summary>Whether a file is stored, or was added, with all its chunks.</summary>
    public bool HasBlob(ObjectId id) => _batch.HasAdded(id) || _batch.Store.Reader.HasBlob(id);

    /// <summary>Whether a folder is stored as one object, or was added. False for one of so many entries that it may be split into several.</summary>
    public bool HasTree(ObjectId id, int entries) =>
        entries <= TreeFormat.MaxUnsplit && (_batch.HasAdded(id) || (_batch.Store.Catalog.TryFind(id, out var location) && location.Kind == ObjectKind.Tree));

    /// <summary>Makes all added objects durable and visible, unless they belong to a batch, whose commit does it.</summary>
    /// <exception cref="StorageException">A file operation failed. No existing object is lost, and no partial object becomes visible.</exception>
    public void Commit()
    {
        if (_isCommitted) throw new InvalidOperationException("it is committed already");
        if (_ownsBatch) _batch.Commit();
        _isCommitted = true;
    }

    /// <summary>Discards what was not committed.</summary>
    public void Dispose()
    {
        if (_ownsBatch) _batch.Dispose();
    }

    private ObjectId AddChunked(Stream content, long length, ChunkSize size, byte[] buffer, CancellationToken cancellationToken)
    {
        using var hash = ObjectHash.Begin(ObjectKind.Blob, length);
        var chunks = new List<ChunkReference>();
        var (from, filled) = (0, 0);
        for (var unread = length; unread > 0 || filled > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filled < size.Maximum && unread > 0)
            {
                buffer.AsSpan(from, filled).CopyTo(buffer);
                from = 0;
                var wanted = (int)Math.Min(buffer.Length - filled, unread);
                content.ReadExactly(buffer, filled, wanted);
                hash.AppendData(buffer, filled, wanted);
                unread -= wanted;
                filled += wanted;
            }

            var cut = size.Cut(buffer.AsSpan(from, filled));
            chunks.Add(AddChunk(buffer.AsSpan(from, cut)));
            from += cut;
            filled -= cut;
        }

        return AddList(ObjectHash.End(hash), chunks);
    }

    private ChunkReference AddChunk(ReadOnlySpan<byte> content)
    {
        var id = Add(ObjectKind.Chunk, content);
        return new ChunkReference(id, content.Length, id.Bits);
    }

    private ObjectId AddList(ObjectId id, List<ChunkReference> chunks)
    {
        ChunkListBuilder.Build(chunks, _node, () => Add(ObjectKind.ChunkList, _node.Span));
        Add(id, ObjectKind.ChunkedBlob, _node.Span);
        return id;
    }

    private ObjectId Add(ObjectKind kind, ReadOnlySpan<byte> content)
    {
        var id = ObjectHash.Of(kind, content);
        Add(id, kind, content);
        return id;
    }

    private void Add(ObjectId id, ObjectKind kind, ReadOnlySpan<byte> content)
    {
        if (_isCommitted) throw new InvalidOperationException("it is committed already");
        if (_batch.Add(id, kind, content)) ObjectsAdded++;
    }
}
