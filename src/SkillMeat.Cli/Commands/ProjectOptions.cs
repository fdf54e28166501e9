using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that select projects and profiles.</summary>
internal static class ProjectOptions
{
    public static Option<string[]> Projects() => new("--project", "-p")
    {
        Description = "The folder of a project, or the name of a registered one. May be repeated.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Selects from the projects that the home knows.</summary>
    public static Option<string[]> Known() => new("--project", "-p")
    {
        Description = "Only this project: its folder, or the name of a registered one or a pattern with * and ?. May be repeated.",
        HelpName = "PROJECT",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> AllProjects() => new("--all-projects") { Description = "All registered projects." };

    public static Option<string?> Collection() => new("--collection", "-c") { Description = "Only deployments of this collection.", HelpName = "NAME" };

    public static Option<bool> User() => new("--user") { Description = "The user's own folders, such as ~/.claude." };

    public static Option<string[]> Profiles(string remark) => new("--profile")
    {
        Description = $"The agent, by id or alias. May be repeated. {remark}",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = false,
    };
}
