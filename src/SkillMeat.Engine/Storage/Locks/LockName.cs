using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Storage.Locks;

/// <summary>The name of a lock, and the stem of its files.</summary>
/// <param name="Display">The name for users, such as <c>collection 'default'</c>.</param>
/// <param name="Stem">The stem, safe as a file name everywhere and without <c>~</c>. Names that differ only in case have the same stem.</param>
internal readonly record struct LockName(string Display, string Stem)
{
    private const int MaxStemLength = 120;

    public static LockName Of(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var stem = Encode(name.ToLowerInvariant());
        return new LockName(name, stem.Length <= MaxStemLength ? stem : Shorten(stem));
    }

    /// <summary>Returns the distinct locks in the order in which every process takes them, which prevents deadlocks.</summary>
    public static IReadOnlyList<LockName> InOrder(IEnumerable<string> names) => InOrder(names.Select(Of));

    public static IReadOnlyList<LockName> InOrder(IEnumerable<LockName> names) =>
        [.. names.DistinctBy(name => name.Stem, StringComparer.Ordinal).OrderBy(name => name.Stem, StringComparer.Ordinal)];

    private static string Encode(string name)
    {
        var stem = new StringBuilder(name.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            if (octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_') stem.Append((char)octet);
            else stem.Append(CultureInfo.InvariantCulture, $"%{octet:x2}");
        }

        return stem.ToString();
    }

    private static string Shorten(string stem) =>
        $"{stem[..(MaxStemLength - 40)]}.{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(stem)), 0, 16).ToLowerInvariant()}";
}
