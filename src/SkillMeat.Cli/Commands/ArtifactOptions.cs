using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary>The options by which commands choose a collection and artifacts of it.</summary>
internal static class ArtifactOptions
{
    public static Option<string?> Collection() => new("--collection", "-c") { Description = "The collection; the active one by default.", HelpName = "NAME" };

    public static Option<string[]> Type() => new("--type", "-t")
    {
        Description = "Only artifacts of this type; may be repeated, or hold several with commas between.",
        HelpName = "TYPE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Name() => new("--name", "-n")
    {
        Description = "Only artifacts whose name fits this pattern (* and ?); may be repeated.",
        HelpName = "PATTERN",
        AllowMultipleArgumentsPerToken = false,
    };
}
