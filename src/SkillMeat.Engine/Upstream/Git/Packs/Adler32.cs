namespace SkillMeat.Upstream.Git.Packs;

/// <summary>The checksum at the end of a zlib stream (RFC 1950).</summary>
internal struct Adler32
{
    private const uint Modulus = 65521;

    // As many bytes as can be summed before 32 bits overflow.
    private const int Stride = 5552;

    private uint _low;
    private uint _high;

    public Adler32() => (_low, _high) = (1, 0);

    public readonly uint Value => (_high << 16) | _low;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (low, high) = (_low, _high);
        while (!bytes.IsEmpty)
        {
            var stride = bytes[..Math.Min(bytes.Length, Stride)];
            foreach (var value in stride)
            {
                low += value;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[stride.Length..];
        }

        (_low, _high) = (low, high);
    }
}
