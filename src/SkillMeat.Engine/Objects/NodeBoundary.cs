using System.Numerics;

namespace SkillMeat.Objects;

/// <summary>
/// Where long lists are cut into nodes: behind an item that is chosen by its own hash, on average every sixteenth, and among the nodes of a level every sixteenth again.
/// So what is in a list decides alone how it is cut, not how it came about, and one change rewrites one node of each level.
/// </summary>
internal static class NodeBoundary
{
    private const int BitsPerLevel = 4;
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Whether a node of that level ends behind the item with that hash. Level 0 are the items themselves.</summary>
    public static bool IsAfter(ulong hash, int level) => BitOperations.TrailingZeroCount(hash) >= BitsPerLevel * (level + 1);

    /// <summary>The hash of a name: FNV-1a, with its high bits mixed into the low ones, which alone it leaves poor.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> name)
    {
        var hash = OffsetBasis;
        foreach (var b in name) hash = (hash ^ b) * Prime;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }
}
