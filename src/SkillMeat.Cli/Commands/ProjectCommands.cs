using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm project register|unregister|list|find</c>.</summary>
internal static class ProjectCommands
{
    public static Command Create(CommandFactory commands) => new("project", "Projects: register, unregister, list, find.")
    {
        CreateRegister(commands), CreateUnregister(commands), CreateList(commands), CreateFind(commands),
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
            ProjectOutput.Write(run, await new ProjectRegistry(run.OpenHome(), run.Environment).UnregisterAsync(parsed.GetRequiredValue(projects), run.LockTimeout, cancellationToken));
            return ExitCode.Success;
        });
    }

    private static Command CreateList(CommandFactory commands) => commands.Create("list", "Lists the registered projects.", [], (run, _, _) =>
    {
        ProjectOutput.Write(run, new ProjectRegistry(run.OpenHomeToRead(), run.Environment).List());
        return Task.FromResult(ExitCode.Success);
    });

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
