using System.Runtime.CompilerServices;
using SkillMeat.Errors;
using SkillMeat.Objects.Chunks;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;

namespace SkillMeat.Objects;

/// <summary>Reads objects from packs, and verifies each of them. Thread-safe.</summary>
internal sealed class ObjectReader(PackFolder folder, PackCatalog catalog)
{
    // Of a file of some hundred gigabytes. A chunk list can list the same chunks any number of times.
    private const int MaxChunks = 2_000_000;
    private const int MaxCachedBlockLength = 2 * PackFormat.BlockLength;

    private readonly BlockCache _cache = new();

    /// <summary>Reads an object.</summary>
    /// <param name="id">The id of the object.</param>
    /// <param name="buffer">The caller's buffer for large objects, which is replaced if it is too small.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public StoredObject Read(ObjectId id, ref byte[] buffer)
    {
        SkillMeatException? first = null;
        for (var mayLookAgain = true; ;)
        {
            if (!catalog.TryFind(id, out var location))
            {
                if (first is DataFileException) throw first;
                if (!mayLookAgain) throw first ?? Missing(id);
                mayLookAgain = false;
                catalog.Refresh();
                continue;
            }

            try
            {
                return Read(id, location, ref buffer);
            }
            catch (DataFileException e)
            {
                // Another pack may have a good copy, and a writer that adds the object again must not find the damaged one.
                catalog.Distrust(id, location);
                first ??= e;
            }
            catch (StorageException e) when (mayLookAgain && e.InnerException is { } cause && StorageErrors.IsMissing(cause))
            {
                // The collector moved or removed it.
                mayLookAgain = false;
                catalog.Refresh();
            }
        }
    }

    /// <summary>Whether an object can be read from a pack other than this one.</summary>
    public bool IsSound(ObjectId id, PackFile except)
    {
        byte[] buffer = [];
        foreach (var location in catalog.FindAll(id).Where(location => location.Pack != except))
        {
            try
            {
                Read(id, location, ref buffer);
                return true;
            }
            catch (DataFileException)
            {
                catalog.Distrust(id, location);
            }
        }

        return false;
    }

    /// <summary>Reads a node of a tree that is listed by another one.</summary>
    /// <inheritdoc cref="ReadTreeNode(ObjectId)"/>
    public TreeNode ReadTreeNode(ObjectId id, TreeNode below) => ReadTreeNode(id) is var node && node.Level == below.Level - 1
        ? node
        : throw ObjectErrors.Corrupt(folder.Path, $"its object {id} is listed at the wrong level of a folder");

    /// <summary>Reads a node of a tree.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: the object is damaged, or not a tree.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack cannot be read.</exception>
    public TreeNode ReadTreeNode(ObjectId id)
    {
        byte[] buffer = [];
        var found = Read(id, ref buffer);
        return found.Kind == ObjectKind.Tree ? Decode(id, found, content => TreeFormat.Read(content.Span)) : throw ObjectErrors.Corrupt(found.Path, $"its object {id} is not a tree");
    }

    /// <summary>Returns the chunks of a large file, or the nodes below a node of its list.</summary>
    public static (int Level, List<ChunkReference> Items) ReadChunkNode(ObjectId id, StoredObject found) => found.Kind is ObjectKind.ChunkedBlob or ObjectKind.ChunkList
        ? Decode(id, found, content => ChunkListFormat.Read(content.Span, found.Kind == ObjectKind.ChunkedBlob))
        : throw ObjectErrors.Corrupt(found.Path, $"its object {id} is not a chunk list");

    /// <summary>Returns all chunks of a large file.</summary>
    /// <param name="id">The id of the file.</param>
    /// <param name="root">The object with this id.</param>
    public List<ChunkReference> ReadChunks(ObjectId id, StoredObject root)
    {
        var (level, items) = ReadChunkNode(id, root);
        for (; level > 0; level--)
        {
            var below = new List<ChunkReference>();
            foreach (var item in items)
            {
                byte[] buffer = [];
                below.AddRange(ReadChunkNode(item.Id, Read(item.Id, ref buffer)).Items);
                if (below.Count > MaxChunks) throw ObjectErrors.Corrupt(root.Path, FormattableString.Invariant($"its object {id} has more than {MaxChunks} chunks, the limit for a stored file"));
            }

            items = below;
        }

        return items;
    }

    /// <summary>Whether a file is stored with all its chunks, according to the indexes.</summary>
    public bool HasBlob(ObjectId id)
    {
        if (!catalog.TryFind(id, out var location)) return false;
        if (location.Kind != ObjectKind.ChunkedBlob) return location.Kind == ObjectKind.Blob;
        try
        {
            byte[] buffer = [];
            return ReadChunks(id, Read(id, ref buffer)).TrueForAll(chunk => catalog.TryFind(chunk.Id, out _));
        }
        catch (SkillMeatException)
        {
            return false;
        }
    }

    /// <summary>Clears the cache of decompressed blocks, so that the next reads come from the disk.</summary>
    public void ForgetBlocks() => _cache.Clear();

    private StoredObject Read(ObjectId id, PackLocation location, ref byte[] buffer)
    {
        var content = ReadBytes(location, ref buffer);
        if (location.Kind == ObjectKind.ChunkedBlob) Decode(id, new StoredObject(location.Kind, content, location.Pack.Path), list => ChunkListFormat.Read(list.Span, isRoot: true));
        else if (ObjectHash.Of(location.Kind, content.Span) != id) throw ObjectErrors.Corrupt(location.Pack.Path, id);
        return new StoredObject(location.Kind, content, location.Pack.Path);
    }

    private ReadOnlyMemory<byte> ReadBytes(PackLocation location, ref byte[] buffer)
    {
        var length = location.Pack.Blocks[location.Block].Length;
        if (length <= MaxCachedBlockLength) return _cache.Read(location.Pack, location.Block).AsMemory(location.Offset, location.Length);
        if (buffer.Length < length) buffer = GC.AllocateUninitializedArray<byte>(length);
        location.Pack.ReadBlock(location.Block, buffer.AsSpan(0, length));
        return buffer.AsMemory(location.Offset, location.Length);
    }

    private static T Decode<T>(ObjectId id, StoredObject found, Func<ReadOnlyMemory<byte>, T> decode)
    {
        try
        {
            return decode(found.Content);
        }
        catch (InvalidDataException e)
        {
            throw ObjectErrors.Corrupt(found.Path, $"its object {id} is damaged: {e.Message}", e);
        }
    }

    // It may be in a pack with an unreadable index, which is then the cause.
    private SkillMeatException Missing(ObjectId id) => catalog.Damaged is [var damaged, ..]
        ? ObjectErrors.Corrupt(PathOf(damaged), $"the object {id} is in no readable pack, and this one is unreadable: {damaged.Message}", damaged)
        : ObjectErrors.Missing(folder.Path, id);

    private static string PathOf(SkillMeatException error) => error switch
    {
        DataFileException data => data.Path,
        StorageException storage => storage.Path,
        _ => throw new SwitchExpressionException(error),
    };
}
