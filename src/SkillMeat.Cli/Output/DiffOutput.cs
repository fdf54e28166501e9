using SkillMeat.Merging.Differences;
using SkillMeat.Projects.Comparing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the differences of an artifact.</summary>
internal static class DiffOutput
{
    /// <summary>Writes one comparison, in JSON as an object.</summary>
    public static void Write(CommandRun run, ArtifactComparison comparison)
    {
        if (run.IsJson) run.WriteJson(ComparisonJson.Of(comparison));
        else WriteText(run, comparison);
    }

    /// <summary>Writes several comparisons, in JSON as an array.</summary>
    public static void Write(CommandRun run, IReadOnlyList<ArtifactComparison> comparisons)
    {
        if (run.IsJson) run.WriteJson(comparisons.Select(ComparisonJson.Of));
        else foreach (var one in comparisons) WriteText(run, one, $"{one.ArtifactId}: {one.From} → {one.To}");
    }

    private static void WriteText(CommandRun run, ArtifactComparison comparison, string? title = null)
    {
        var writer = run.Diffs();
        if (title is not null && comparison.Files.Count > 0) writer.Add(new UnifiedLine(UnifiedLineKind.Header, title));
        foreach (var line in comparison.ToUnifiedDiff()) writer.Add(line);
        writer.Flush();
        if (comparison.Files.Count == 0) run.Say($"{comparison.ArtifactId} is the same in {comparison.From} and {comparison.To}.");
    }
}
