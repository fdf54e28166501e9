using SkillMeat.Cache.Deployments;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the overview of deployments.</summary>
internal static class DeploymentsOutput
{
    public static void Write(CommandRun run, DeploymentReport report)
    {
        foreach (var problem in report.Problems.Values) run.Error(problem);
        if (run.IsJson)
        {
            run.WriteJson(report.Deployments.Select(DeploymentJson.Of));
            return;
        }

        if (report.Deployments.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "State", new("Version", 1), new("Profile", 2), new("Deployed (UTC)", 3), new("Project", 4)],
                report.Deployments.Select(one => (string[])[one.ArtifactId, EnumName.InWords(one.State), one.Version ?? "", one.Profile, ShortTexts.Time(one.DeployedAt), one.ProjectName ?? one.Project]));
        }

        var states = report.Deployments.GroupBy(one => one.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {EnumName.InWords(group.Key)}").ToList();
        run.Say(states.Count == 0 ? "No deployments." : string.Join(", ", states) + ".");
    }
}
