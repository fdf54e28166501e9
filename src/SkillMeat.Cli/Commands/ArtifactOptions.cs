using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that select a collection and its artifacts.</summary>
internal static class ArtifactOptions
{
    public static Option<string?> Collection() => new("--collection", "-c") { Description = "The collection; the active one by default.", HelpName = "NAME" };

    public static Option<string[]> Collections(string remark) => new("--collection", "-c")
    {
        Description = $"The collection, or a pattern with * and ?; the active one by default. May be repeated; {remark}.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Type() => new("--type", "-t")
    {
        Description = "Only artifacts of this type. May be repeated, or hold several types separated by commas.",
        HelpName = "TYPE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Source() => new("--source")
    {
        Description = "Only artifacts from this repository or folder: owner/repo[/path], an address, a folder, or a pattern such as owner/*. May be repeated.",
        HelpName = "SPEC",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Name() => new("--name", "-n")
    {
        Description = "Only artifacts whose name matches this pattern (* and ?). May be repeated.",
        HelpName = "PATTERN",
        AllowMultipleArgumentsPerToken = false,
    };
}
