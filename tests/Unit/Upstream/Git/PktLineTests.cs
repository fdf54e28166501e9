using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Wire;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class PktLineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Lines_come_back_as_they_were_written_however_the_stream_is_cut()
    {
        var payloads = ArbMap.Default.ArbFor<byte[]>().Generator.Where(p => !p.AsSpan().StartsWith("ERR "u8)).ListOf();
        var pieces = Gen.Choose(1, 50);
        Prop.ForAll(payloads.Zip(pieces).ToArbitrary(), pair => RoundTrip([.. pair.Item1], pair.Item2)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task The_longest_line_fits()
    {
        var payload = new byte[PktLine.MaxPayload];
        new Random(1).NextBytes(payload);
        var output = new ArrayBufferWriter<byte>();
        var writer = new PktLineWriter(output);
        writer.WriteText("short");
        writer.WriteData(payload);
        using var reader = new PktLineReader(new MemoryStream(output.WrittenSpan.ToArray()));
        Assert.Equal("short"u8.ToArray(), (await reader.ReadAsync(Token)).Text.ToArray());
        Assert.Equal(payload, (await reader.ReadAsync(Token)).Payload.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteData(new byte[PktLine.MaxPayload + 1]));
    }

    [Theory]
    [InlineData("0000", PktKind.Flush)]
    [InlineData("0001", PktKind.Delimiter)]
    [InlineData("0002", PktKind.ResponseEnd)]
    [InlineData("0004", PktKind.Data)]
    [InlineData("000AabcdeF", PktKind.Data)]
    internal async Task Special_lines_are_told_apart(string text, PktKind kind)
    {
        using var reader = new PktLineReader(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)));
        var line = await reader.ReadAsync(Token);
        Assert.Equal(kind, line.Kind);
        Assert.Equal(text[4..], System.Text.Encoding.ASCII.GetString(line.Payload.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000")]
    [InlineData("0003")]
    [InlineData("fff1")]
    [InlineData("ffff")]
    [InlineData("<!doctype html>")]
    [InlineData(" 12a")]
    [InlineData("+004")]
    [InlineData("0010short")]
    public async Task A_text_that_is_no_line_is_refused_as_transient(string text)
    {
        using var reader = new PktLineReader(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.True((await Assert.ThrowsAsync<GitProtocolException>(async () => await reader.ReadAsync(Token))).IsTransient);
    }

    [Fact]
    public void Random_bytes_give_lines_or_an_error() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            using var reader = new PktLineReader(new MemoryStream(bytes));
            Assert.IsType<GitProtocolException>(Record.Exception(() => ReadToError(reader)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_refusal_names_the_missing_object()
    {
        using var reader = new PktLineReader(new MemoryStream("0049ERR upload-pack: not our ref 0123456789abcdef0123456789abcdef01234567"u8.ToArray()));
        var error = await Assert.ThrowsAsync<GitProtocolException>(async () => await reader.ReadAsync(Token));
        Assert.Equal("0123456789abcdef0123456789abcdef01234567", error.MissingObject.ToString());
        Assert.False(error.IsTransient);
    }

    private static void ReadToError(PktLineReader reader)
    {
        while (reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Payload.Length <= PktLine.MaxPayload)
        {
            Assert.False(Token.IsCancellationRequested);
        }
    }

    private static void RoundTrip(byte[][] payloads, int piece)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PktLineWriter(output);
        foreach (var payload in payloads)
        {
            writer.WriteData(payload);
            writer.WriteDelimiter();
        }

        writer.WriteFlush();
        using var reader = new PktLineReader(new PieceStream(output.WrittenSpan.ToArray(), piece));
        PktLine Next() => reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        foreach (var payload in payloads)
        {
            Assert.Equal(payload, Next().Payload.ToArray());
            Assert.Equal(PktKind.Delimiter, Next().Kind);
        }

        Assert.Equal(PktKind.Flush, Next().Kind);
        Assert.IsType<GitProtocolException>(Record.Exception(() => { Next(); }));
    }

    private sealed class PieceStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
