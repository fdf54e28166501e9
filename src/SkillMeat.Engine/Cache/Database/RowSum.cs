using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Cache.Database;

/// <summary>
/// The checksum of a row. SQLite notices damage of its own structures, but not of the values between them, so rows whose values are answers carry one.
/// </summary>
internal static class RowSum
{
    private const int FewBytes = 512;

    /// <summary>Returns the checksum of values, which are texts, numbers, bytes and nulls as SQLite stores them.</summary>
    public static long Of(params object?[] values)
    {
        // One call of the hash function for all values is several times as fast as one for each.
        var bytes = new ArrayBufferWriter<byte>(FewBytes);
        foreach (var value in values)
        {
            switch (value)
            {
                case null or DBNull:
                    WriteLength(bytes, -1);
                    break;
                case byte[] blob:
                    WriteLength(bytes, blob.Length);
                    bytes.Write(blob);
                    break;
                case string text:
                    WriteText(bytes, StoredText.Of(text));
                    break;
                case bool flag:
                    WriteText(bytes, flag ? "1" : "0");
                    break;
                case IFormattable number:
                    WriteText(bytes, number.ToString(null, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"a row cannot hold a value of the type {value.GetType().Name}", nameof(values));
            }
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, sum);
        return BitConverter.ToInt64(sum);
    }

    /// <summary>Checks the checksum of values that were read.</summary>
    /// <param name="sum">The checksum that the row has.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="DamagedRowException">It is another one.</exception>
    public static void Check(long sum, params object?[] values)
    {
        if (Of(values) != sum) throw new DamagedRowException();
    }

    private static void WriteText(ArrayBufferWriter<byte> bytes, string text)
    {
        WriteLength(bytes, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void WriteLength(ArrayBufferWriter<byte> bytes, int length)
    {
        BitConverter.TryWriteBytes(bytes.GetSpan(sizeof(int)), length);
        bytes.Advance(sizeof(int));
    }
}
