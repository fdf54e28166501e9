namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Compares ASCII texts as <c>localeCompare</c> of JavaScript does: letters without regard to case first, the lower-case one first where nothing else differs.</summary>
/// <remarks>Source: the root collation of CLDR, which JavaScript uses for English.</remarks>
internal sealed class JavaScriptOrder : IComparer<string>
{
    private const string Order = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Whether a text can be compared. The order of others depends on tables that this program does not have.</summary>
    public static bool Knows(string text) => text.All(letter => Order.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal));

    public int Compare(string? x, string? y)
    {
        var (one, other) = (x ?? "", y ?? "");
        var common = Math.Min(one.Length, other.Length);
        for (var i = 0; i < common; i++)
        {
            if (RankOf(one[i]) - RankOf(other[i]) is not 0 and var order) return order;
        }

        if (one.Length != other.Length) return one.Length - other.Length;
        for (var i = 0; i < common; i++)
        {
            if (one[i] != other[i]) return char.IsAsciiLetterLower(one[i]) ? -1 : 1;
        }

        return 0;
    }

    private static int RankOf(char letter) => Order.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
}
