namespace SkillMeat.Objects.Chunks;

/// <summary>
/// A random number for each byte value. They determine the ends of chunks, so they must never change: existing chunks would not be found again.
/// They are the first 256 values of SplitMix64 from seed 0.
/// </summary>
internal static class GearTable
{
    private static readonly ulong[] _values = Make();

    public static ReadOnlySpan<ulong> Values => _values;

    private static ulong[] Make()
    {
        var values = new ulong[256];
        ulong state = 0;
        for (var i = 0; i < values.Length; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            values[i] = z ^ (z >> 31);
        }

        return values;
    }
}
