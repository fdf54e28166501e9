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
        var allProjects = ProjectOptions.AllProjects();
        var user = ProjectOptions.User();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var (group, collection) = (new GroupOption(), ProjectOptions.Collection());
        var profiles = ProjectOptions.Profiles("All by default.");
        var full = new Option<bool>("--full") { Description = "Read every file, also those that look unchanged since the last run." };
        var inSync = new Option<bool>("--include-in-sync") { Description = "List artifacts in sync, too." };
        var record = new Option<bool>("--record") { Description = "Store in the deployment records when a modification was first seen. Otherwise nothing in projects changes." };
        var metadata = MetadataOption.Create();
        IReadOnlyList<Symbol> symbols = [projects, allProjects, user, type, name, group.Symbol, collection, profiles, full, inSync, record, metadata];
        return commands.Create("drift", "Compares the copies in projects with what was deployed and with the collection.", symbols, async (run, parsed, cancellationToken) =>
        {
            var isRecord = parsed.GetValue(record);
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
                Group = group.Read(parsed),
                Collection = parsed.GetValue(collection),
                Profiles = parsed.GetValue(profiles) ?? [],
                IsFull = parsed.GetValue(full),
                // A copy that is again as it was deployed loses its time.
                IncludeInSync = isRecord || parsed.GetValue(inSync),
            };
            var checker = new DriftChecker(isRecord ? run.OpenHome() : run.OpenHomeToRead(), run.Environment);
            var report = checker.Check(request, cancellationToken);
            if (isRecord) report = await checker.RecordAsync(report, run.LockTimeout, cancellationToken);
            if (!parsed.GetValue(inSync)) report = report with { Artifacts = [.. report.Artifacts.Where(one => one.State != DriftState.InSync)] };
            DriftOutput.Write(run, report, parsed.GetValue(metadata));
            var exitCode = report.Problems.Count > 0 ? ExitCode.Error : report.Artifacts.Any(one => one.State != DriftState.InSync) ? ExitCode.UpdatesAvailable : ExitCode.Success;
            return exitCode;
        });
    }
}
