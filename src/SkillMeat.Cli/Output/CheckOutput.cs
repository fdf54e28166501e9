using SkillMeat.Checks;
using SkillMeat.Cli.Output.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of an update check.</summary>
internal static class CheckOutput
{
    public static void Write(CommandRun run, UpdateCheckResult result)
    {
        foreach (var problem in result.Problems)
        {
            run.Warn($"cannot check for new artifacts: {problem.Message}");
        }

        if (run.IsJson)
        {
            run.WriteJson(result.Checks.Select(CheckJson.Of));
            return;
        }

        run.Tables().Write(
            ["Artifact", "Change", new("Follows", 1), new("Now", 3), new("Upstream", 2), "Where / why"],
            result.Checks.Select(c => new[]
            {
                c.ArtifactId,
                EnumName.InWords(c.ChangeType),
                c.Ref ?? "",
                ShortTexts.Sha(c.OldSha),
                ShortTexts.Sha(c.NewSha),
                string.Join(": ", new[] { c.NewPath, c.Reason }.Where(t => t is not null)),
            }));
        var counts = result.Checks.GroupBy(c => c.ChangeType).OrderBy(g => g.Key).Select(g => $"{g.Count()} {EnumName.InWords(g.Key)}");
        run.Say($"{string.Join(", ", counts)} in {result.Duration.TotalMilliseconds:0} ms.");
    }
}
