namespace SkillMeat.Objects.Packs;

/// <summary>Collects objects that will be compressed together.</summary>
internal sealed class BlockBuilder
{
    private readonly ByteWriter _bytes = new(PackFormat.BlockLength);
    private readonly List<PackedObject> _objects = [];

    public bool IsEmpty => _objects.Count == 0;

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>The objects, without the number of the block yet.</summary>
    public IReadOnlyList<PackedObject> Objects => _objects;

    public bool HasRoomFor(int length) => _bytes.Length + length <= PackFormat.BlockLength;

    public void Add(ObjectId id, ObjectKind kind, ReadOnlySpan<byte> content)
    {
        _objects.Add(new PackedObject(id, kind, 0, _bytes.Length, content.Length));
        _bytes.Bytes(content);
    }

    public void Clear()
    {
        _bytes.Clear();
        _objects.Clear();
    }

    public void TrimExcess() => _objects.TrimExcess();
}
