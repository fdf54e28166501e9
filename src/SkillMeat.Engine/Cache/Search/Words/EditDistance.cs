namespace SkillMeat.Cache.Search.Words;

/// <summary>Counts typing errors: a missing, additional or wrong letter, or two that changed places.</summary>
internal static class EditDistance
{
    private const int LongestWord = 64;

    /// <summary>Returns the number of errors, or <paramref name="most"/> + 1 if there are more.</summary>
    public static int Of(string typed, string word, int most)
    {
        if (Math.Abs(typed.Length - word.Length) > most || typed.Length > LongestWord || word.Length > LongestWord) return most + 1;
        Span<int> beforeLast = stackalloc int[LongestWord + 1];
        Span<int> last = stackalloc int[LongestWord + 1];
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= word.Length; j++) last[j] = j;
        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var isSame = typed[i - 1] == word[j - 1];
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > most) return most + 1;
            var oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
        }

        return Math.Min(last[word.Length], most + 1);
    }
}
