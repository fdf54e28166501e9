using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Writes pkt-lines into a request's body, which stays in memory so that a retry can send it again.</summary>
internal sealed class PktLineWriter(IBufferWriter<byte> output)
{
    /// <summary>A line of text with the line feed that git puts at its end.</summary>
    public void WriteText(string text) => WriteData(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>A line of bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are more than a line holds.</exception>
    public void WriteData(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, PktLine.MaxPayload);
        var length = payload.Length + PktLine.HeaderLength;
        var line = output.GetSpan(length);
        length.TryFormat(line, out _, "x4", CultureInfo.InvariantCulture);
        payload.CopyTo(line[PktLine.HeaderLength..]);
        output.Advance(length);
    }

    public void WriteFlush() => output.Write("0000"u8);

    public void WriteDelimiter() => output.Write("0001"u8);
}
