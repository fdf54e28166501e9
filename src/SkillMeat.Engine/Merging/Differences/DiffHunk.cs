using System.Globalization;
using SkillMeat.Collections;

namespace SkillMeat.Merging.Differences;

/// <summary>A place in which two texts differ, with the lines around it.</summary>
/// <param name="OldStart">The first line in the old text, counted from 1; for an empty range, the line before it.</param>
/// <param name="OldCount">The number of lines in the old text.</param>
/// <param name="NewStart">The first line in the new text, counted from 1; for an empty range, the line before it.</param>
/// <param name="NewCount">The number of lines in the new text.</param>
/// <param name="Lines">The lines.</param>
/// <remarks>Immutable.</remarks>
public sealed record DiffHunk(int OldStart, int OldCount, int NewStart, int NewCount, ItemList<DiffLine> Lines)
{
    /// <summary>Returns the header of the hunk as in a unified diff.</summary>
    /// <returns>A text such as <c>@@ -1,3 +1,4 @@</c>.</returns>
    public override string ToString() => $"@@ -{Range(OldStart, OldCount)} +{Range(NewStart, NewCount)} @@";

    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{start}{(count == 1 ? "" : $",{count}")}");
}
