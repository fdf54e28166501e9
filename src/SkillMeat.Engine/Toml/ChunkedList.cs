namespace SkillMeat.Toml;

/// <summary>A list of structs that grows without copying its elements and returns them by reference.</summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Shift = 8;
    private const int ChunkLength = 1 << Shift;

    private T[][] _chunks = new T[1][];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> Shift][index & (ChunkLength - 1)];

    public int Add(in T element)
    {
        var chunk = Count >> Shift;
        if (chunk == _chunks.Length) Array.Resize(ref _chunks, chunk * 2);
        _chunks[chunk] ??= new T[ChunkLength];
        _chunks[chunk][Count & (ChunkLength - 1)] = element;
        return Count++;
    }

    public void Truncate(int count)
    {
        for (var i = count; i < Count; i++) this[i] = default;
        Count = count;
    }
}
