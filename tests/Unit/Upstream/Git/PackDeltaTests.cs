using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Packs;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class PackDeltaTests
{
    [Fact]
    public void Copies_and_inserts_make_what_a_simple_model_makes()
    {
        var instructions = ArbMap.Default.ArbFor<(int, int, byte[])>().Generator.ListOf();
        var originals = Gen.Choose(1, 200_000).Select(length => Enumerable.Range(0, length).Select(i => (byte)(i * 31)).ToArray());
        Prop.ForAll(originals.Zip(instructions).ToArbitrary(), pair => Compare(pair.Item1, [.. pair.Item2])).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_bytes_are_applied_or_refused() =>
        Prop.ForAll<byte[], byte[]>((original, instructions) =>
        {
            byte[] delta = [.. PackBuilder.Size(original.Length), .. instructions];
            try
            {
                Assert.True(PackDelta.Apply(original, delta).Length <= PackLimits.MaxObject);
            }
            catch (GitProtocolException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("03")]
    [InlineData("03 01")]
    [InlineData("02 01 90 01")]
    [InlineData("03 01 00")]
    [InlineData("03 04 90 04")]
    [InlineData("03 03 91 01 03")]
    [InlineData("03 02 90 03")]
    [InlineData("03 05 05 61 62")]
    [InlineData("03 80 80 80 80 80 80 80 80 01")]
    [InlineData("03 FF FF FF FF 7F 90 03")]
    [InlineData("03 03 FF 01")]
    [InlineData("03 80 80 04 80")]
    public void A_damaged_delta_is_refused(string hex) =>
        Assert.Throws<GitProtocolException>(() => PackDelta.Apply("abc"u8, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void A_copy_without_a_length_is_of_64_KiB()
    {
        var original = new byte[70_000];
        new Random(1).NextBytes(original);
        byte[] delta = [.. PackBuilder.Size(70_000), .. PackBuilder.Size(0x10000), 0x81, 0x07];
        Assert.Equal(original[7..(7 + 0x10000)], PackDelta.Apply(original, delta));
    }

    private static void Compare(byte[] original, (int, int, byte[])[] instructions)
    {
        var expected = new List<byte>();
        var delta = new List<byte>();
        foreach (var (first, second, insert) in instructions)
        {
            var offset = (int)((uint)first % original.Length);
            var length = Math.Min(1 + (int)((uint)second % 70_000), original.Length - offset);
            expected.AddRange(original.AsSpan(offset, length));
            delta.AddRange(Copy(offset, length));
            foreach (var chunk in insert.Chunk(127))
            {
                expected.AddRange(chunk);
                delta.Add((byte)chunk.Length);
                delta.AddRange(chunk);
            }
        }

        Assert.Equal(expected, PackDelta.Apply(original, [.. PackBuilder.Size(original.Length), .. PackBuilder.Size(expected.Count), .. delta]));
    }

    private static byte[] Copy(int offset, int length)
    {
        var code = 0x80;
        var parts = new List<byte>();
        for (var i = 0; i < 7; i++)
        {
            var part = (byte)(i < 4 ? offset >> (8 * i) : (length == 0x10000 ? 0 : length) >> (8 * (i - 4)));
            if (part == 0) continue;
            code |= 1 << i;
            parts.Add(part);
        }

        return [(byte)code, .. parts];
    }
}
