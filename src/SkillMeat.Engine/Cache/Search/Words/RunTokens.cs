namespace SkillMeat.Cache.Search.Words;

/// <summary>
/// The words by which a run of letters is found: each letter with the next one, and the last letter alone. So a part of a run is a phrase of such pairs, and a single letter the beginning of one.
/// </summary>
internal static class RunTokens
{
    /// <summary>Returns the words of a whole run, each with its place.</summary>
    public static IEnumerable<TextPiece> Of(TextSegment run)
    {
        for (var i = 0; i + 1 < run.Pieces.Count; i++) yield return new TextPiece(run.Pieces[i].Text + run.Pieces[i + 1].Text, run.Pieces[i].Start, run.Pieces[i + 1].End);
        yield return run.Pieces[^1];
    }
}
