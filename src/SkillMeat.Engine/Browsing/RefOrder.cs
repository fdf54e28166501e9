using System.Globalization;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Compares refs by their age, as far as their names tell it.</summary>
internal static class RefOrder
{
    /// <summary>Whether a ref can be newer than a tag or commit to which an artifact is pinned. Of a commit, this is not known.</summary>
    /// <param name="listed">The ref.</param>
    /// <param name="pinned">The tag or commit.</param>
    public static bool MayBeNewer(RefSpec listed, RefSpec pinned) => listed.IsLatest
        || (!listed.MayBeCommit && (NumbersOf(listed) is not { } numbers || NumbersOf(pinned) is not { } own || Compare(numbers, own) > 0));

    private static int Compare(List<int> one, List<int> other) => Enumerable.Range(0, Math.Max(one.Count, other.Count))
        .Select(i => one.ElementAtOrDefault(i).CompareTo(other.ElementAtOrDefault(i))).FirstOrDefault(order => order != 0);

    // The numbers of a version such as 'v1.2', or null.
    private static List<int>? NumbersOf(RefSpec follows)
    {
        var numbers = new List<int>();
        foreach (var part in (follows.Name ?? "").TrimStart('v', 'V').Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            numbers.Add(number);
        }

        return numbers;
    }
}
