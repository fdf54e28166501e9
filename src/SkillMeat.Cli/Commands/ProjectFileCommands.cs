using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm project install|export</c>: the file <c>skillmeat.toml</c> of a project.</summary>
internal static class ProjectFileCommands
{
    public static Command CreateInstall(CommandFactory commands)
    {
        var project = Project();
        var collection = ArtifactOptions.Collection();
        var activate = new Option<bool>("--activate") { Description = "Let those hooks and MCP servers take effect that the file wants to. Without this, it activates nothing. The commands are listed; --dry-run lists them first. What this run adds to the collection is activated only by the next one." };
        var link = new Option<bool>("--link") { Description = "Link those artifacts to the files of the collection that the file wants to be links. Without this, they are copied; links that are there stay." };
        var force = new Option<bool>("--force") { Description = "Replace local edits and files without a record. Their content is kept in the home." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the outcome without changing anything. Upstream is not contacted." };
        var waits = new UpstreamWaits();
        return commands.Create(
            "install",
            "Brings a project to the state of its skillmeat.toml: adds what the collection lacks, and deploys what the file names.",
            [project, collection, activate, link, force, dryRun, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var http = waits.Read(parsed);
                var request = new ProjectInstallRequest
                {
                    Project = parsed.GetValue(project) ?? CommandRun.CurrentFolder,
                    Collection = parsed.GetValue(collection),
                    Activate = parsed.GetValue(activate),
                    UseLinks = parsed.GetValue(link),
                    Force = parsed.GetValue(force),
                    DryRun = parsed.GetValue(dryRun),
                    LockTimeout = run.LockTimeout,
                };
                var store = request.DryRun ? run.OpenHomeToRead() : run.OpenHome();
                using var session = run.OpenUpstream(store, http);
                IReadOnlyList<DeployedArtifact> outcomes;
                using (run.ShowProgress("Installing…"))
                {
                    outcomes = await new ProjectInstaller(store, run.Environment).InstallAsync(request, session, cancellationToken);
                }

                ProjectFileOutput.Write(run, outcomes);
                return DeployCommand.ExitCodeOf(outcomes);
            });
    }

    public static Command CreateExport(CommandFactory commands)
    {
        var project = Project();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the outcome without changing anything." };
        var prune = new Option<bool>("--prune") { Description = "Remove entries, and profiles of entries, that are not deployed here. Without this, they stay: another machine can have them." };
        return commands.Create(
            "export",
            "Writes the skillmeat.toml of a project from what is deployed in it. Comments and other keys stay, and so do entries that are not deployed here.",
            [project, prune, dryRun],
            async (run, parsed, cancellationToken) =>
            {
                var isDry = parsed.GetValue(dryRun);
                var exporter = new ProjectExporter(isDry ? run.OpenHomeToRead() : run.OpenHome(), run.Environment) { Prune = parsed.GetValue(prune) };
                ProjectFileOutput.Write(run, await exporter.ExportAsync(parsed.GetValue(project) ?? CommandRun.CurrentFolder, isDry, run.LockTimeout, cancellationToken));
                return ExitCode.Success;
            });
    }

    private static Argument<string?> Project() => new("project") { Description = "The folder of the project, or the name of a registered one. Default: the current folder.", Arity = ArgumentArity.ZeroOrOne };
}
