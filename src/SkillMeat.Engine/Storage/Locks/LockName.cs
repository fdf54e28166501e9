using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Storage.Locks;

/// <summary>A lock as people call it, and the stem of the files that stand for it.</summary>
/// <param name="Display">Such as <c>collection 'default'</c>.</param>
/// <param name="Stem">Safe as a file name everywhere, without <c>~</c>; names that a file system which ignores case would take for one have one stem.</param>
internal readonly record struct LockName(string Display, string Stem)
{
    private const int LongestStem = 120;

    public static LockName Of(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var stem = Encode(name.ToLowerInvariant());
        return new LockName(name, stem.Length <= LongestStem ? stem : Shorten(stem));
    }

    /// <summary>Each lock once, in the order in which everybody takes them: that is what keeps two from waiting for each other.</summary>
    public static IReadOnlyList<LockName> InOrder(IEnumerable<string> names) => InOrder(names.Select(Of));

    public static IReadOnlyList<LockName> InOrder(IEnumerable<LockName> names) =>
        [.. names.DistinctBy(name => name.Stem, StringComparer.Ordinal).OrderBy(name => name.Stem, StringComparer.Ordinal)];

    private static string Encode(string name)
    {
        var stem = new StringBuilder(name.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            if (octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_') stem.Append((char)octet);
            else stem.Append('%').Append(octet.ToString("x2"));
        }

        return stem.ToString();
    }

    private static string Shorten(string stem) =>
        $"{stem[..(LongestStem - 40)]}.{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(stem)), 0, 16).ToLowerInvariant()}";
}
