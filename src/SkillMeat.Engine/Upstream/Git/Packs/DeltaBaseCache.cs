namespace SkillMeat.Upstream.Git.Packs;

/// <summary>
/// Caches the objects that deltas were recently applied to, up to a number of bytes. The last one is always kept, regardless of its size.
/// </summary>
/// <remarks>Not thread-safe. The arrays are shared and must not be changed.</remarks>
internal sealed class DeltaBaseCache(long maxBytes)
{
    private readonly Dictionary<int, LinkedListNode<(int Entry, byte[] Content)>> _nodes = [];
    private readonly LinkedList<(int Entry, byte[] Content)> _byUse = [];
    private long _bytes;

    public byte[]? Find(int entry)
    {
        if (!_nodes.TryGetValue(entry, out var node)) return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Content;
    }

    public void Keep(int entry, byte[] content)
    {
        if (_nodes.ContainsKey(entry)) return;
        _nodes.Add(entry, _byUse.AddFirst((entry, content)));
        _bytes += content.Length;
        while (_bytes > maxBytes && _byUse.Count > 1)
        {
            var (oldest, dropped) = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _nodes.Remove(oldest);
            _bytes -= dropped.Length;
        }
    }
}
