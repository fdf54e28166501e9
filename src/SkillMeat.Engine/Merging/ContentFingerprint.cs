using System.Runtime.InteropServices;

namespace SkillMeat.Merging;

/// <summary>A content as the pieces that it consists of, lines or else 64 bytes, without their order: enough to tell how much two contents have in common.</summary>
internal sealed class ContentFingerprint
{
    /// <summary>In percent: from how much in common on git, and we, call a file renamed.</summary>
    public const int LeastSimilarity = 50;

    private const int LongestPiece = 64;

    private readonly Dictionary<ulong, int> _bytes = [];
    private readonly int _length;

    private ContentFingerprint(ReadOnlySpan<byte> content)
    {
        _length = content.Length;
        while (!content.IsEmpty)
        {
            var window = content[..Math.Min(content.Length, LongestPiece)];
            var feed = window.IndexOf((byte)'\n');
            var length = feed < 0 ? window.Length : feed + 1;
            CollectionsMarshal.GetValueRefOrAddDefault(_bytes, Hash(content[..length]), out _) += length;
            content = content[length..];
        }
    }

    public static ContentFingerprint Of(ReadOnlySpan<byte> content) => new(content);

    /// <summary>How much of the larger of both is in the other one too, in percent.</summary>
    public int Similarity(ContentFingerprint other)
    {
        var common = _bytes.Sum(piece => (long)Math.Min(piece.Value, other._bytes.GetValueOrDefault(piece.Key)));
        return (int)(100 * common / Math.Max(1, Math.Max(_length, other._length)));
    }

    // FNV-1a: the same in every run, as a merge has to be.
    private static ulong Hash(ReadOnlySpan<byte> piece)
    {
        var hash = 14695981039346656037;
        foreach (var value in piece) hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
