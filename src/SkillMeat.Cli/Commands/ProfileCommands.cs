using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm profile list</c>.</summary>
internal static class ProfileCommands
{
    public static Command Create(CommandFactory commands)
    {
        var project = new Option<string?>("--project", "-p") { Description = "The folder of a project, or the name of a registered one, to see which agents it has.", HelpName = "DIR" };
        return new Command("profile", "Profiles of coding agents: list.")
        {
            commands.Create("list", "Lists the coding agents that are known, where they look for skills, and which of them this machine and a project have.", [project], (run, parsed, _) =>
            {
                ProfileOutput.Write(run, new ProfileDetector(run.OpenHomeToRead(), run.Environment).List(parsed.GetValue(project)));
                return Task.FromResult(ExitCode.Success);
            }),
        };
    }
}
