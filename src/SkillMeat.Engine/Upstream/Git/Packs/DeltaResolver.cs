namespace SkillMeat.Upstream.Git.Packs;

/// <summary>
/// Determines the kind, size and id of all deltas, depth first from the complete objects, so that the base of each delta has usually just been
/// created.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class DeltaResolver
{
    private const int None = -1;

    private readonly PackEntry[] _entries;
    private readonly Dictionary<GitOid, List<int>> _waitingFor;
    private readonly PackReader _reader;
    private readonly GitHash _hash;
    private readonly CancellationToken _cancellationToken;
    private readonly int[] _firstDelta;
    private readonly int[] _nextDelta;
    private readonly Stack<int> _ready = new();

    public DeltaResolver(PackScan scan, PackReader reader, GitHash hash, CancellationToken cancellationToken)
    {
        (_entries, _waitingFor) = scan;
        _reader = reader;
        _hash = hash;
        _cancellationToken = cancellationToken;
        _firstDelta = new int[_entries.Length];
        _nextDelta = new int[_entries.Length];
        Array.Fill(_firstDelta, None);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Base != PackEntry.NoBase) Link(_entries[i].Base, i);
        }
    }

    /// <exception cref="GitProtocolException">A delta is damaged, or its base is not in the pack.</exception>
    public void Resolve()
    {
        for (var i = 0; i < _entries.Length; i++)
        {
            // A delta that has a kind by now also has a base, and its own deltas are reached through that base.
            if (_entries[i].Kind == default || _entries[i].Base != PackEntry.NoBase) continue;
            AddDeltasOf(i);
            while (_ready.TryPop(out var delta)) ResolveDelta(delta);
        }

        if (Array.Exists(_entries, e => e.Kind == default)) throw GitProtocolException.Corrupt("a delta's base is not in the pack");
    }

    private void ResolveDelta(int delta)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        ref var entry = ref _entries[delta];
        ref var original = ref _entries[entry.Base];
        if (original.Depth == PackLimits.MaxDepth) throw GitProtocolException.TooLarge($"a chain of more than {PackLimits.MaxDepth} deltas");
        var content = _reader.Read(delta, isBase: _firstDelta[delta] != None);
        entry.Depth = (ushort)(original.Depth + 1);
        entry.Size = content.Length;
        entry.Oid = _hash.Of(original.Kind, content);
        entry.Kind = original.Kind;
        AddDeltasOf(delta);
    }

    private void AddDeltasOf(int entry)
    {
        if (_waitingFor.Remove(_entries[entry].Oid, out var waiting))
        {
            foreach (var delta in waiting)
            {
                _entries[delta].Base = entry;
                Link(entry, delta);
            }
        }

        for (var delta = _firstDelta[entry]; delta != None; delta = _nextDelta[delta]) _ready.Push(delta);
    }

    private void Link(int original, int delta)
    {
        _nextDelta[delta] = _firstDelta[original];
        _firstDelta[original] = delta;
    }
}
