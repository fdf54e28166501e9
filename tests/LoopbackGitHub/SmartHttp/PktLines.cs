using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>git's length-prefixed lines (gitprotocol-common).</summary>
internal static class PktLines
{
    public static readonly byte[] FlushLine = "0000"u8.ToArray();
    public static readonly byte[] DelimiterLine = "0001"u8.ToArray();

    private const int LengthDigits = 4;

    /// <summary>Writes one line; the caller adds the line feed that git puts at the end of text.</summary>
    public static void Write(IBufferWriter<byte> output, string text)
    {
        var length = LengthDigits + Encoding.UTF8.GetByteCount(text);
        var span = output.GetSpan(length);
        Encoding.ASCII.GetBytes(length.ToString("x4", CultureInfo.InvariantCulture), span);
        Encoding.UTF8.GetBytes(text, span[LengthDigits..]);
        output.Advance(length);
    }

    /// <summary>Splits a request; returns null if it does not consist of whole lines. Special lines (<c>0000</c>, <c>0001</c>) are null.</summary>
    public static List<string?>? Split(ReadOnlySpan<byte> body)
    {
        var lines = new List<string?>();
        while (!body.IsEmpty)
        {
            if (body.Length < LengthDigits || !int.TryParse(Encoding.ASCII.GetString(body[..LengthDigits]), NumberStyles.AllowHexSpecifier, null, out var length)
                || length == 3 || length > body.Length)
            {
                return null;
            }

            lines.Add(length < LengthDigits ? null : Encoding.UTF8.GetString(body[LengthDigits..length]).TrimEnd('\n'));
            body = body[Math.Max(length, LengthDigits)..];
        }

        return lines;
    }
}
