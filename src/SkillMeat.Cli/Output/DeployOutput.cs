using SkillMeat.Projects.Deploying;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the outcomes of a deployment.</summary>
internal static class DeployOutput
{
    public static void Write(CommandRun run, IReadOnlyList<DeployedArtifact> outcomes)
    {
        foreach (var warning in outcomes.SelectMany(one => one.Warnings)) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(outcomes.Select(DeployedJson.Of));
            return;
        }

        if (outcomes.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "Status", new("Profile", 2), new("Project", 3), new("Reason", 1)],
                outcomes.Select(one => new[] { one.ArtifactId, EnumName.InWords(one.Status), one.Profile, one.Project, one.Reason ?? "" }));
        }

        var counts = outcomes.GroupBy(one => one.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} {EnumName.InWords(group.Key)}");
        var isDry = outcomes.Any(one => one.DryRun);
        foreach (var one in outcomes.Where(one => one.Commands.Count > 0))
        {
            run.Say($"{one.ArtifactId} {(isDry ? "would allow" : "allows")} Claude Code to run or use:");
            foreach (var command in one.Commands) run.Say($"  {command}");
        }

        run.Say(outcomes.Count == 0 ? "There is nothing to do." : $"{string.Join(", ", counts)}{(isDry ? "; nothing was changed" : "")}.");
    }
}
