using System.Numerics;

namespace SkillMeat.Objects;

/// <summary>
/// The boundaries at which long lists are split into nodes: after items chosen by their own hash, on average every sixteenth, and on each level every sixteenth node again.
/// So the split depends only on the content of the list, not on its history, and a change rewrites one node of each level.
/// </summary>
internal static class NodeBoundary
{
    private const int BitsPerLevel = 4;
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Whether a node of a level ends after an item with this hash. The items themselves are level 0.</summary>
    public static bool IsAfter(ulong hash, int level) => BitOperations.TrailingZeroCount(hash) >= BitsPerLevel * (level + 1);

    /// <summary>Returns the hash of a name: FNV-1a, with its high bits mixed into the low ones, which are poor otherwise.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> name)
    {
        var hash = OffsetBasis;
        foreach (var b in name) hash = (hash ^ b) * Prime;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }
}
