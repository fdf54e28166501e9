using System.Text;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>Reads the beginning of the file that describes an artifact. What cannot be read has no text.</summary>
internal static class ManifestText
{
    /// <summary>The largest number of bytes that are searched.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>Reads the text. Bytes that are none become U+FFFD.</summary>
    public static string Read(string path)
    {
        try
        {
            using var file = RegularFile.OpenHandle(path, LinkUse.Refuse);
            var bytes = new byte[(int)Math.Min(MostBytes, RandomAccess.GetLength(file))];
            var length = 0;
            while (length < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(length), length) is var read and > 0) length += read;
            return Decode(bytes.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "";
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var text] => Encoding.UTF8.GetString(text),
        [0xFF, 0xFE, .. var text] => Encoding.Unicode.GetString(text),
        [0xFE, 0xFF, .. var text] => Encoding.BigEndianUnicode.GetString(text),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
