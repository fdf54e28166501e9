using System.Runtime.InteropServices;

namespace SkillMeat.Merging;

/// <summary>
/// The pieces of a content, without their order, as git's rename detection counts them. A piece is a line, or 64 bytes of a longer line. For each distinct piece the
/// fingerprint keeps the number of bytes that it makes up, under a hash of the piece; that is enough to estimate how similar two contents are.
/// </summary>
internal sealed class ContentFingerprint
{
    /// <summary>The similarity in percent from which a file counts as renamed, as in git.</summary>
    public const int LeastSimilarity = 50;

    private const int LongestPiece = 64;

    private readonly Dictionary<ulong, int> _bytes = [];
    private int _length;

    private ContentFingerprint(ReadOnlySpan<byte> content)
    {
        // Git does not count the carriage return before a line feed either.
        var isText = MergeableText.IsText(content);
        while (!content.IsEmpty)
        {
            var window = content[..Math.Min(content.Length, LongestPiece)];
            var feed = window.IndexOf((byte)'\n');
            var length = feed < 0 ? window.Length : feed + 1;
            if (isText && feed > 0 && window[feed - 1] == '\r') Count(window[..(feed - 1)], "\n"u8);
            else Count(window[..length], []);
            content = content[length..];
        }
    }

    public static ContentFingerprint Of(ReadOnlySpan<byte> content) => new(content);

    /// <summary>The bytes in common, in percent of the larger content.</summary>
    public int Similarity(ContentFingerprint other)
    {
        var common = _bytes.Sum(piece => (long)Math.Min(piece.Value, other._bytes.GetValueOrDefault(piece.Key)));
        return (int)(100 * common / Math.Max(1, Math.Max(_length, other._length)));
    }

    private void Count(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> ending)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_bytes, Hash(piece, ending), out _) += piece.Length + ending.Length;
        _length += piece.Length + ending.Length;
    }

    // FNV-1a, because the hash codes of .NET differ from run to run and a merge must not.
    private static ulong Hash(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> ending)
    {
        var hash = 14695981039346656037;
        foreach (var value in piece) hash = (hash ^ value) * 1099511628211;
        foreach (var value in ending) hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
