using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Packs;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class InflaterTests
{
    private static readonly CompressionLevel[] Levels =
        [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize];

    public static TheoryData<int, int, int> Contents()
    {
        var contents = new TheoryData<int, int, int>();
        foreach (var length in (int[])[0, 1, 2, 100, 32_767, 65_535, 65_536, 65_794, 300_000])
        {
            foreach (var symbols in (int[])[1, 2, 30, 256])
            {
                for (var level = 0; level < Levels.Length; level++) contents.Add(length, symbols, level);
            }
        }

        return contents;
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Bytes_that_dotnet_deflates_come_back_and_the_cursor_is_right_after_them(int length, int symbols, int level)
    {
        var content = Content(length, symbols);
        var packed = PackBuilder.Deflate(content, Levels[level]);
        byte[] stream = [.. packed, 0xAA, 0xBB];
        AssertInflates(new PackData(stream, stream.Length), content, packed.Length);
        AssertInflates(new PackData(new MemoryStream(stream), stream.Length), content, packed.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_size_that_lies_is_found_out(int by)
    {
        foreach (var length in (int[])[1, 1000, 100_000])
        {
            var packed = PackBuilder.Deflate(Content(length, 30));
            Assert.Throws<GitProtocolException>(() => At(packed).Inflate(new byte[length + 1], length + by));
            Assert.Throws<GitProtocolException>(() => At(packed).Inflate(sink: null, length + by));
        }
    }

    [Fact]
    public void A_stream_cut_anywhere_is_damaged()
    {
        var content = Content(5000, 30);
        var packed = PackBuilder.Deflate(content);
        for (var length = 0; length < packed.Length; length++)
            Assert.Throws<GitProtocolException>(() => At(packed[..length]).Inflate(new byte[content.Length], content.Length));
    }

    [Fact]
    public void A_flipped_bit_never_goes_unnoticed()
    {
        var content = Content(2000, 30);
        var packed = PackBuilder.Deflate(content);
        for (var bit = 0; bit < packed.Length * 8; bit++)
        {
            var damaged = packed.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var result = new byte[content.Length];
            try
            {
                At(damaged).Inflate(result, content.Length);
            }
            catch (GitProtocolException)
            {
                continue;
            }

            // Some bits have no meaning, such as the compression level or the padding of the last byte.
            Assert.Equal(content, result);
        }
    }

    [Fact]
    public void Random_bytes_are_refused_or_what_dotnet_makes_of_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Choose(0, 300).ToArbitrary(), (bytes, size) =>
        {
            // With a valid header, so that the decoder reads the bits.
            byte[] stream = [0x78, 0x9C, .. bytes];
            var result = new byte[size];
            try
            {
                At(stream).Inflate(result, size);
            }
            catch (GitProtocolException)
            {
                return;
            }

            var expected = new MemoryStream();
            new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress).CopyTo(expected);
            Assert.Equal(expected.ToArray(), result);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Inflating_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var packed = PackBuilder.Deflate(new byte[1000]);
        var inflater = new Inflater(new PackCursor(new PackData(packed, packed.Length)), source.Token);
        Assert.Throws<OperationCanceledException>(() => inflater.Inflate(sink: null, 1000));
    }

    private static byte[] Content(int length, int symbols)
    {
        var random = new Random(length + symbols);
        var content = new byte[length];
        for (var i = 0; i < length; i++) content[i] = (byte)(i % 5 == 0 || i < 40 ? random.Next(symbols) : content[i - 1 - random.Next(Math.Min(i, 30_000))]);
        return content;
    }

    private static void AssertInflates(PackData data, byte[] content, int packedLength)
    {
        var cursor = new PackCursor(data);
        var inflater = new Inflater(cursor, TestContext.Current.CancellationToken);
        var whole = new byte[content.Length];
        inflater.Inflate(whole, content.Length);
        Assert.Equal(content, whole);
        Assert.Equal(packedLength, cursor.Offset);
        cursor.Seek(0);
        var pieces = new Pieces();
        inflater.Inflate(pieces, content.Length);
        Assert.Equal(content, pieces.All.ToArray());
        Assert.Equal(packedLength, cursor.Offset);
        Assert.Equal(0xAA, cursor.ReadByte());
    }

    private static Inflater At(byte[] bytes) => new(new PackCursor(new PackData(bytes, bytes.Length)), CancellationToken.None);

    private sealed class Pieces : IInflateSink
    {
        public MemoryStream All { get; } = new();

        public void Take(ReadOnlySpan<byte> bytes) => All.Write(bytes);
    }
}
