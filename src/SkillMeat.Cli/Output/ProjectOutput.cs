using System.Globalization;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes projects.</summary>
internal static class ProjectOutput
{
    public static void Write(CommandRun run, IReadOnlyList<Project> projects)
    {
        if (run.IsJson)
        {
            run.WriteJson(projects.Select(ProjectJson.Of));
            return;
        }

        if (projects.Count == 0)
        {
            run.Say("There are no projects.");
            return;
        }

        run.Tables().Write(
            ["Name", "Path", new("Profiles", 2), new("Deployed", 1), new("State", 1)],
            projects.Select(one => new[] { one.Name, one.Path, string.Join(", ", one.Profiles), one.Deployments.ToString(CultureInfo.InvariantCulture), one.Problem ?? (one.IsMissing ? "missing" : one.IsRegistered ? "registered" : "") }));
    }
}
