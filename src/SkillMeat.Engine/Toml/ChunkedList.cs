using System.Numerics;

namespace SkillMeat.Toml;

/// <summary>
/// A list of structs that returns its elements by reference. Elements never move: a reference stays valid however many elements are added, until its element is removed by
/// <see cref="Truncate"/>; the next element that is added there then has the same reference.
/// </summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    // A small document needs a few elements, and a large one thousands: the first chunks double, so that neither reserves much that it does not use.
    private const int SmallShift = 3;
    private const int Shift = 8;
    private const int ChunkLength = 1 << Shift;
    private const int SmallChunks = Shift - SmallShift + 1;

    private T[][] _chunks = new T[1][];

    public int Count { get; private set; }

    public ref T this[int index]
    {
        get
        {
            var (chunk, place) = Locate(index);
            return ref _chunks[chunk][place];
        }
    }

    public int Add(in T element)
    {
        var (chunk, place) = Locate(Count);
        if (chunk == _chunks.Length) Array.Resize(ref _chunks, chunk * 2);
        // The length of a chunk is the number of elements before it, except for the first and the long ones.
        var elements = _chunks[chunk] ??= new T[Math.Clamp(Count, 1 << SmallShift, ChunkLength)];
        elements[place] = element;
        return Count++;
    }

    public void Truncate(int count)
    {
        for (var i = count; i < Count; i++) this[i] = default;
        Count = count;
    }

    private static (int Chunk, int Place) Locate(int index)
    {
        if (index >= ChunkLength) return ((index >> Shift) + SmallChunks - 1, index & (ChunkLength - 1));
        if (index < 1 << SmallShift) return (0, index);
        var power = BitOperations.Log2((uint)index);
        return (power - SmallShift + 1, index - (1 << power));
    }
}
