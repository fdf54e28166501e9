namespace SkillMeat.Objects.Packs;

/// <summary>A cache of recently decompressed blocks, because neighbours are usually read together. Thread-safe.</summary>
internal sealed class BlockCache
{
    private const long MaxBytes = 1L << 20;

    private readonly object _gate = new();
    private readonly Dictionary<(PackFile Pack, int Block), LinkedListNode<(PackFile Pack, int Block, byte[] Bytes)>> _nodes = [];
    private readonly LinkedList<(PackFile Pack, int Block, byte[] Bytes)> _newestFirst = [];
    private long _bytes;

    public byte[] Read(PackFile pack, int block)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue((pack, block), out var node))
            {
                _newestFirst.Remove(node);
                _newestFirst.AddFirst(node);
                return node.Value.Bytes;
            }
        }

        var bytes = GC.AllocateUninitializedArray<byte>(pack.Blocks[block].Length);
        pack.ReadBlock(block, bytes);
        Keep(pack, block, bytes);
        return bytes;
    }

    /// <summary>Clears the cache, so that the next reads come from the disk.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _nodes.Clear();
            _newestFirst.Clear();
            _bytes = 0;
        }
    }

    private void Keep(PackFile pack, int block, byte[] bytes)
    {
        lock (_gate)
        {
            if (_nodes.ContainsKey((pack, block))) return;
            _nodes.Add((pack, block), _newestFirst.AddFirst((pack, block, bytes)));
            _bytes += bytes.Length;
            while (_bytes > MaxBytes && _newestFirst.Last is { } oldest)
            {
                _bytes -= oldest.Value.Bytes.Length;
                _nodes.Remove((oldest.Value.Pack, oldest.Value.Block));
                _newestFirst.RemoveLast();
            }
        }
    }
}
