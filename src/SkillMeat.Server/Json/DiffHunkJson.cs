using SkillMeat.Merging.Differences;

namespace SkillMeat.Server.Json;

/// <summary>A place in which two texts differ, as <c>skm diff</c> prints it.</summary>
internal sealed record DiffHunkJson(int OldStart, int OldCount, int NewStart, int NewCount, IEnumerable<DiffLineJson> Lines)
{
    public static DiffHunkJson Of(DiffHunk hunk) => new(hunk.OldStart, hunk.OldCount, hunk.NewStart, hunk.NewCount, hunk.Lines.Select(DiffLineJson.Of));
}
