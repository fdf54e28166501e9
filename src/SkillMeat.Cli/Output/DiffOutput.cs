using SkillMeat.Projects.Comparing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the differences of an artifact.</summary>
internal static class DiffOutput
{
    public static void Write(CommandRun run, ArtifactComparison comparison)
    {
        if (run.IsJson)
        {
            run.WriteJson(ComparisonJson.Of(comparison));
            return;
        }

        var writer = run.Diffs();
        foreach (var line in comparison.ToUnifiedDiff()) writer.Add(line);
        writer.Flush();
        if (comparison.Files.Count == 0) run.Say($"{comparison.ArtifactId} is the same in {comparison.From} and {comparison.To}.");
    }
}
