using System.Runtime.CompilerServices;
using SkillMeat.Errors;
using SkillMeat.Objects.Chunks;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;

namespace SkillMeat.Objects;

/// <summary>Reads objects out of packs and checks each of them. Safe from several threads.</summary>
internal sealed class ObjectReader(PackFolder folder, PackCatalog catalog)
{
    private const int MostCachedBlock = 2 * PackFormat.BlockLength;

    private readonly BlockCache _cache = new();

    /// <summary>Reads an object.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="buffer">Where the caller keeps large ones; replaced when it is too small.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read.</exception>
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
                // Stored once more, it is in another pack as well; and who adds it again must not be told that it is there.
                catalog.Distrust(id, location);
                first ??= e;
            }
            catch (StorageException e) when (mayLookAgain && e.InnerException is { } cause && StorageErrors.IsMissing(cause))
            {
                // The collector moved it, or took it away.
                mayLookAgain = false;
                catalog.Refresh();
            }
        }
    }

    /// <summary>Whether an object can be read from another pack than that one.</summary>
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

    /// <summary>Reads a node of a tree.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: damaged, or no tree.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>, or a pack can't be read.</exception>
    public TreeNode ReadTreeNode(ObjectId id)
    {
        byte[] buffer = [];
        var found = Read(id, ref buffer);
        return found.Kind == ObjectKind.Tree ? Decode(id, found, content => TreeFormat.Read(content.Span)) : throw ObjectErrors.Corrupt(found.Path, $"the object {id} in it is no tree");
    }

    /// <summary>The pieces of a large file, or the nodes below a node of that list.</summary>
    public static (int Level, List<ChunkReference> Items) ReadChunkNode(ObjectId id, StoredObject found) => found.Kind is ObjectKind.ChunkedBlob or ObjectKind.ChunkList
        ? Decode(id, found, content => ChunkListFormat.Read(content.Span, found.Kind == ObjectKind.ChunkedBlob))
        : throw ObjectErrors.Corrupt(found.Path, $"the object {id} in it is no list of pieces");

    /// <summary>All pieces of a large file.</summary>
    /// <param name="id">The file.</param>
    /// <param name="root">What is stored under that id.</param>
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
            }

            items = below;
        }

        return items;
    }

    /// <summary>Whether a file is stored with all its pieces, as far as the indexes tell.</summary>
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

    /// <summary>Forgets what was decompressed, so that what is read next comes from the disk.</summary>
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
        if (length <= MostCachedBlock) return _cache.Read(location.Pack, location.Block).AsMemory(location.Offset, location.Length);
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
            throw ObjectErrors.Corrupt(found.Path, $"the object {id} in it is not what was stored: {e.Message}", e);
        }
    }

    // Perhaps it is in a pack whose index can't be read; then that one is what somebody must look at.
    private SkillMeatException Missing(ObjectId id) => catalog.Damaged is [var damaged, ..]
        ? ObjectErrors.Corrupt(PathOf(damaged), $"the object {id} is in no pack that can be read, and this one can't be: {damaged.Message}", damaged)
        : ObjectErrors.Missing(folder.Path, id);

    private static string PathOf(SkillMeatException error) => error switch
    {
        DataFileException data => data.Path,
        StorageException storage => storage.Path,
        _ => throw new SwitchExpressionException(error),
    };
}
