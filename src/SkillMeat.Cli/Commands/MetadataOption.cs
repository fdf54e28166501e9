using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary>The option <c>--show-metadata</c>.</summary>
internal static class MetadataOption
{
    public static Option<bool> Create() => new("--show-metadata") { Description = "Show when tags were last imported from upstream." };
}
