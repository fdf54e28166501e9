using System.Runtime.InteropServices;

namespace SkillMeat.Objects.Chunks;

/// <summary>Builds the nodes of the chunk list of a large file.</summary>
internal static class ChunkListBuilder
{
    /// <summary>Stores every node except the root, children first, and leaves the root in the target.</summary>
    /// <param name="pieces">The chunks, in order.</param>
    /// <param name="target">The buffer for nodes. It contains the root at the end.</param>
    /// <param name="store">Stores the node in the buffer, and returns its id.</param>
    public static void Build(List<ChunkReference> pieces, ByteWriter target, Func<ObjectId> store)
    {
        var items = pieces;
        for (var level = 0; ; level++)
        {
            var nodes = new List<ChunkReference>();
            var span = CollectionsMarshal.AsSpan(items);
            for (var from = 0; from < span.Length;)
            {
                var node = span.Slice(from, LengthOfNode(span[from..], level));
                if (node.Length == span.Length)
                {
                    ChunkListFormat.Write(target, level, node, isRoot: true);
                    return;
                }

                ChunkListFormat.Write(target, level, node, isRoot: false);
                nodes.Add(new ChunkReference(store(), Sum(node), node[^1].LastBits));
                from += node.Length;
            }

            items = nodes;
        }
    }

    private static int LengthOfNode(ReadOnlySpan<ChunkReference> items, int level)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (NodeBoundary.IsAfter(items[i].LastBits, level)) return i + 1;
        }

        return items.Length;
    }

    private static long Sum(ReadOnlySpan<ChunkReference> items)
    {
        long sum = 0;
        foreach (var item in items) sum += item.Length;
        return sum;
    }
}
