using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm deploy</c> and <c>skm undeploy</c>.</summary>
internal static class DeployCommand
{
    public static Command Create(CommandFactory commands) => Create(
        commands,
        "deploy",
        "Copies or links artifacts of a collection into projects, where agents read them.",
        "Replace local edits and files without a record. Their content is kept in the home.",
        (deployer, request, cancellationToken) => deployer.DeployAsync(request, cancellationToken));

    public static Command CreateUndeploy(CommandFactory commands) => Create(
        commands,
        "undeploy",
        "Removes deployed artifacts from projects. Files that you added stay.",
        "Remove local edits, too. Their content is kept in the home.",
        (deployer, request, cancellationToken) => deployer.UndeployAsync(request, cancellationToken));

    private static Command Create(
        CommandFactory commands, string name, string description, string force, Func<ArtifactDeployer, DeployRequest, CancellationToken, Task<IReadOnlyList<DeployedArtifact>>> runAsync)
    {
        var names = new Argument<string[]>("name")
        {
            Description = "The artifacts: names, type:name, or patterns with * and ?." + (name == "deploy" ? " Without any, those that the skillmeat.toml of the project names." : ""),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "All artifacts." };
        var group = new GroupOption("The members of a group.");
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifacts.", HelpName = "TYPE" };
        var collection = ArtifactOptions.Collection();
        var projects = ProjectOptions.Projects();
        var user = ProjectOptions.User();
        var profiles = ProjectOptions.Profiles(name == "deploy" ? "Claude Code by default; * for all that this machine or the project has." : "All for which it is deployed by default.");
        var mode = new Option<string?>("--mode") { Description = "Copy the files (the default), or link to those of the collection.", HelpName = "copy|link" };
        var activate = new Option<bool>("--activate") { Description = "Let hooks and MCP servers take effect in Claude Code: add what they run to its settings. The commands are listed; --dry-run lists them first." };
        var forced = new Option<bool>("--force") { Description = force };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the outcome without changing anything." };
        IReadOnlyList<Symbol> ofDeployment = name == "deploy" ? [mode, activate] : [];
        IReadOnlyList<Symbol> symbols = [names, all, group.Symbol, type, collection, projects, user, profiles, .. ofDeployment, forced, dryRun];
        return commands.Create(name, description, symbols, async (run, parsed, cancellationToken) =>
        {
            var isDeployment = name == "deploy";
            var hasNames = parsed.GetValue(names) is { Length: > 0 };
            var isUnnamed = !hasNames && !parsed.GetValue(all) && group.Read(parsed) is null && IsOnlyProjects(parsed);
            if (parsed.GetValue(all) ? hasNames : !hasNames && group.Read(parsed) is null && !(isDeployment && isUnnamed))
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"Give the NAME of each artifact to {name}, or use --all for every one.");
            }

            var store = parsed.GetValue(dryRun) ? run.OpenHomeToRead() : run.OpenHome();
            if (isDeployment && isUnnamed)
            {
                var installed = await InstallAsync(store);
                ProjectFileOutput.Write(run, installed);
                return ExitCodeOf(installed);
            }

            if (isDeployment && group.Read(parsed) is { } grouped) GroupOption.WarnOfMissing(run, store.Read(parsed.GetValue(collection)), grouped);
            var request = new DeployRequest
            {
                Artifacts = parsed.GetValue(names) ?? [],
                All = parsed.GetValue(all),
                Group = group.Read(parsed),
                Type = parsed.GetValue(type),
                Collection = parsed.GetValue(collection),
                Projects = parsed.GetValue(projects) ?? [],
                IncludeUser = parsed.GetValue(user),
                Profiles = parsed.GetValue(profiles) ?? [],
                Mode = isDeployment ? ModeOf(parsed.GetValue(mode)) : default,
                Activate = isDeployment && parsed.GetValue(activate),
                Force = parsed.GetValue(forced),
                DryRun = parsed.GetValue(dryRun),
                LockTimeout = run.LockTimeout,
            };
            var outcomes = await runAsync(new ArtifactDeployer(store, run.Environment), request, cancellationToken);
            DeployOutput.Write(run, outcomes);
            return ExitCodeOf(outcomes);

            bool IsOnlyProjects(ParseResult line) => line.GetValue(projects) is { Length: > 0 } && !line.GetValue(user) && line.GetValue(type) is null && line.GetValue(profiles) is not { Length: > 0 } && line.GetValue(mode) is null;

            async Task<IReadOnlyList<DeployedArtifact>> InstallAsync(CollectionStore opened)
            {
                var installer = new ProjectInstaller(opened, run.Environment);
                var named = parsed.GetValue(projects)!;
                // Each is read before the first change.
                if (named.Where(one => !installer.HasFile(one)).ToList() is [var without, ..])
                {
                    throw new SkillMeatException(ErrorIds.InvalidArgument, $"Give the NAME of each artifact to deploy, or use --all for every one: '{without}' has no skillmeat.toml that names them.");
                }

                var installed = new List<DeployedArtifact>();
                foreach (var one in named)
                {
                    var wanted = new ProjectInstallRequest
                    {
                        Project = one,
                        Collection = parsed.GetValue(collection),
                        Activate = parsed.GetValue(activate),
                        Force = parsed.GetValue(forced),
                        DryRun = parsed.GetValue(dryRun),
                        LockTimeout = run.LockTimeout,
                    };
                    try
                    {
                        installed.AddRange(await installer.InstallAsync(wanted, session: null, cancellationToken));
                    }
                    catch (SkillMeatException) when (installed.Count > 0)
                    {
                        // The results are written in any case.
                        ProjectFileOutput.Write(run, installed);
                        throw;
                    }
                }

                return installed;
            }
        });
    }

    /// <summary>Returns the exit code for outcomes.</summary>
    public static int ExitCodeOf(IReadOnlyList<DeployedArtifact> outcomes) =>
        outcomes.Any(one => one.Status == DeployStatus.Error) ? ExitCode.Error : outcomes.Any(one => one.Status == DeployStatus.Conflict) ? ExitCode.Conflict : ExitCode.Success;

    private static DeployMode ModeOf(string? text) => text?.ToLowerInvariant() switch
    {
        null or "copy" => DeployMode.Copy,
        "link" => DeployMode.Link,
        _ => throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not a mode. Use copy or link."),
    };
}
