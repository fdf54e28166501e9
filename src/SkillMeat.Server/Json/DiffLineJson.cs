using SkillMeat.Merging.Differences;

namespace SkillMeat.Server.Json;

/// <summary>A line of a hunk, as <c>skm diff</c> prints it.</summary>
internal sealed record DiffLineJson(DiffLineKind Kind, int? OldLine, int? NewLine, string Text, bool EndsWithLineFeed)
{
    public static DiffLineJson Of(DiffLine line) => new(line.Kind, line.OldLine, line.NewLine, line.Text, line.EndsWithLineFeed);
}
