using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Cache.Database;

/// <summary>
/// The checksum of a row. SQLite notices damage of its own structures, but not of the values between them, so rows whose values are answers carry one.
/// </summary>
internal static class RowSum
{
    /// <summary>Returns the checksum of values, which are texts, numbers, bytes and nulls as SQLite stores them.</summary>
    public static long Of(params object?[] values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            var bytes = value switch
            {
                null or DBNull => null,
                byte[] blob => blob,
                string text => Encoding.UTF8.GetBytes(text),
                bool flag => Encoding.UTF8.GetBytes(flag ? "1" : "0"),
                IFormattable number => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
                _ => throw new ArgumentException($"a row cannot hold a value of the type {value.GetType().Name}", nameof(values)),
            };
            BitConverter.TryWriteBytes(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            if (bytes is not null) hash.AppendData(bytes);
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
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
}
