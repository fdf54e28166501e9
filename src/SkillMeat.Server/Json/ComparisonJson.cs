using SkillMeat.Projects.Comparing;

namespace SkillMeat.Server.Json;

/// <summary>The differences of an artifact, as <c>skm diff</c> prints them.</summary>
internal sealed record ComparisonJson(IEnumerable<FileComparisonJson> Files, string ArtifactId, string Collection, string? Path, string From, string To)
{
    public static ComparisonJson Of(ArtifactComparison comparison) => new(
        comparison.Files.Select(FileComparisonJson.Of), comparison.ArtifactId, comparison.Collection, comparison.Path, comparison.From.Name, comparison.To.Name);
}
