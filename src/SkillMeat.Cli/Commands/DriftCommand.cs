using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm drift</c>.</summary>
internal static class DriftCommand
{
    public static Command Create(CommandFactory commands)
    {
        var projects = ProjectOptions.Projects();
        var allProjects = new Option<bool>("--all-projects") { Description = "All registered projects." };
        var user = ProjectOptions.User();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var profiles = ProjectOptions.Profiles("All by default.");
        var full = new Option<bool>("--full") { Description = "Read every file, also those that look unchanged since the last run." };
        var inSync = new Option<bool>("--include-in-sync") { Description = "List artifacts in sync, too." };
        return commands.Create("drift", "Compares the copies in projects with what was deployed and with the collection.", [projects, allProjects, user, type, name, profiles, full, inSync], (run, parsed, cancellationToken) =>
        {
            var filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), CommandRun.ChoicesOf(parsed, name));
            var named = parsed.GetValue(projects) ?? [];
            var request = new DriftRequest
            {
                // Without a choice, the project that the user stands in.
                Projects = named.Length > 0 || parsed.GetValue(allProjects) || parsed.GetValue(user) ? named : [CommandRun.CurrentFolder],
                AllProjects = parsed.GetValue(allProjects),
                IncludeUser = parsed.GetValue(user),
                Types = [.. filter.Types.Select(one => one.Name)],
                Names = filter.Names,
                Profiles = parsed.GetValue(profiles) ?? [],
                IsFull = parsed.GetValue(full),
                IncludeInSync = parsed.GetValue(inSync),
            };
            var report = new DriftChecker(run.OpenHomeToRead(), run.Environment).Check(request, cancellationToken);
            DriftOutput.Write(run, report);
            var exitCode = report.Problems.Count > 0 ? ExitCode.Error : report.Artifacts.Any(one => one.State != DriftState.InSync) ? ExitCode.UpdatesAvailable : ExitCode.Success;
            return Task.FromResult(exitCode);
        });
    }
}
