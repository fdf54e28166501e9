using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Restoring;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm project register|unregister|list|find|install|export|restore</c>.</summary>
internal static class ProjectCommands
{
    public static Command Create(CommandFactory commands) => new("project", "Projects: register, unregister, list, find, install, export, restore.")
    {
        CreateRegister(commands), CreateUnregister(commands), CreateList(commands), CreateFind(commands),
        ProjectFileCommands.CreateInstall(commands), ProjectFileCommands.CreateExport(commands), CreateRestore(commands),
    };

    private static Command CreateRegister(CommandFactory commands)
    {
        var folders = new Argument<string[]>("folder") { Description = "The folders of the projects.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--name", "-n") { Description = "The name of a single project; that of its folder by default.", HelpName = "NAME" };
        return commands.Create("register", "Registers folders as projects, so that they are checked with all others.", [folders, name], async (run, parsed, cancellationToken) =>
        {
            ProjectOutput.Write(run, await new ProjectRegistry(run.OpenHome(), run.Environment).RegisterAsync(parsed.GetRequiredValue(folders), run.LockTimeout, parsed.GetValue(name), cancellationToken));
            return ExitCode.Success;
        });
    }

    private static Command CreateUnregister(CommandFactory commands)
    {
        var projects = new Argument<string[]>("project") { Description = "The folders or names of registered projects. Their files stay.", Arity = ArgumentArity.OneOrMore };
        return commands.Create("unregister", "Forgets projects. Their folders and deployments stay.", [projects], async (run, parsed, cancellationToken) =>
        {
            ProjectOutput.Write(run, await new ProjectRegistry(run.OpenHome(), run.Environment).UnregisterAsync(parsed.GetRequiredValue(projects), run.LockTimeout, cancellationToken: cancellationToken));
            return ExitCode.Success;
        });
    }

    private static Command CreateList(CommandFactory commands) => commands.Create("list", "Lists the registered projects.", [], (run, _, _) =>
    {
        ProjectOutput.Write(run, new ProjectRegistry(run.OpenHomeToRead(), run.Environment).List());
        return Task.FromResult(ExitCode.Success);
    });

    private static Command CreateRestore(CommandFactory commands)
    {
        var names = new Argument<string[]>("name") { Description = "The artifacts to write back: names, type:name, or patterns with * and ?. Without one, what is kept is listed.", Arity = ArgumentArity.ZeroOrMore };
        var projects = ProjectOptions.Projects();
        var user = ProjectOptions.User();
        var all = new Option<bool>("--all") { Description = "All artifacts." };
        var at = new Option<DateTimeOffset?>("--replaced-at") { Description = "Content that was replaced at this time, as the list shows it; by default the last.", HelpName = "TIME" };
        var force = new Option<bool>("--force") { Description = "Replace copies that were edited since. Their content is kept in turn." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the outcome without changing anything." };
        return commands.Create(
            "restore", "Lists what forced deployments, removals and syncs replaced in projects, and writes it back.", [names, projects, user, all, at, force, dryRun], async (run, parsed, cancellationToken) =>
            {
                var (wanted, isAll) = (parsed.GetValue(names) ?? [], parsed.GetValue(all));
                if (wanted.Length > 0 && isAll) throw new SkillMeatException(ErrorIds.InvalidArgument, "Give the NAME of each artifact to restore, or use --all for every one.");
                var isList = wanted.Length == 0 && !isAll;
                var named = parsed.GetValue(projects) ?? [];
                var request = new RestoreCopiesRequest
                {
                    Names = [.. wanted.Select(NamePattern.Simple)],
                    // Without a choice, the project that the user stands in.
                    Projects = named.Length > 0 || parsed.GetValue(user) ? named : [CommandRun.CurrentFolder],
                    IncludeUser = parsed.GetValue(user),
                    ReplacedAt = parsed.GetValue(at),
                    Force = parsed.GetValue(force),
                    DryRun = parsed.GetValue(dryRun),
                    LockTimeout = run.LockTimeout,
                };
                var restorer = new ProjectRestorer(isList || request.DryRun ? run.OpenHomeToRead() : run.OpenHome(), run.Environment);
                var copies = isList ? restorer.List(request, cancellationToken) : await restorer.RestoreAsync(request, cancellationToken);
                ReplacedCopyOutput.Write(run, copies);
                return copies.Any(one => one.Status == ReplacedCopyStatus.Error) ? ExitCode.Error : copies.Any(one => one.Status == ReplacedCopyStatus.Conflict) ? ExitCode.Conflict : ExitCode.Success;
            });
    }

    private static Command CreateFind(CommandFactory commands)
    {
        var folder = new Argument<string>("folder") { Description = "The folder to search.", Arity = ArgumentArity.ZeroOrOne };
        var depth = new Option<int>("--depth") { Description = "The number of levels below the folder.", HelpName = "N", DefaultValueFactory = _ => ProjectRegistry.DefaultDepth };
        return commands.Create("find", "Finds folders that have the folders of an agent or deployment records.", [folder, depth], (run, parsed, cancellationToken) =>
        {
            ProjectOutput.Write(run, [.. new ProjectRegistry(run.OpenHomeToRead(), run.Environment).Find(parsed.GetValue(folder) ?? CommandRun.CurrentFolder, parsed.GetValue(depth), cancellationToken)]);
            return Task.FromResult(ExitCode.Success);
        });
    }
}
