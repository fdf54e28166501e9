namespace SkillMeat.Collections;

/// <summary>Finds the name that the user probably meant.</summary>
internal static class NearestName
{
    // Nobody mistypes so long a text, and comparing long ones takes long.
    private const int MostChars = 256;

    /// <summary>Returns the candidate with the fewest edits, unless more than half of it would have to be edited, or the text is too long.</summary>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        if (typed.Length > MostChars) return null;
        var lower = typed.ToLowerInvariant();
        return candidates
            // Those whose lengths differ too much need no comparison, which takes long for a long text.
            .Where(c => c.Length <= 2 * MostChars)
            .Where(c => Math.Abs(c.Length - lower.Length) <= Math.Max(1, c.Length / 2) || c.StartsWith(lower, StringComparison.OrdinalIgnoreCase))
            .Select(c => (Name: c, Edits: CountEdits(lower, c.ToLowerInvariant())))
            .Where(c => c.Edits <= Math.Max(1, c.Name.Length / 2) || c.Name.StartsWith(lower, StringComparison.OrdinalIgnoreCase))
            .OrderBy(c => c.Edits)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>Calculates the Levenshtein distance.</summary>
    private static int CountEdits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
