using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Writes pkt-lines into the body of a request, which stays in memory so that a retry can send it again.</summary>
internal sealed class PktLineWriter(IBufferWriter<byte> output)
{
    /// <summary>Writes a line of text with a final line feed, as git does.</summary>
    public void WriteText(string text) => WriteData(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Writes a line of bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The payload is longer than a line can be.</exception>
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
