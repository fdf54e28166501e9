using SkillMeat.Projects.Comparing;
using SkillMeat.Updates;

namespace SkillMeat.Server.Json;

/// <summary>A file that differs, as <c>skm diff</c> prints it.</summary>
internal sealed record FileComparisonJson(string Path, FileUpdateKind Change, IEnumerable<DiffHunkJson> Hunks, string? Note)
{
    public static FileComparisonJson Of(FileComparison file) => new(file.Path, file.Change, file.Hunks.Select(DiffHunkJson.Of), file.Note);
}
