using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cli.Commands;

/// <summary>A list of named entries of collections, as <c>skm</c> sees it.</summary>
/// <param name="List">The list.</param>
/// <param name="Noun">The kind of an entry.</param>
/// <param name="Argument">The name of the argument that names one.</param>
/// <param name="Values">The values that options set: the key, the option and its description.</param>
/// <param name="Names">Returns the names of the entries.</param>
internal sealed record EntryKind(ManifestList List, string Noun, string Argument, IReadOnlyList<(string Key, string Option, string Description)> Values, Func<Collection, IEnumerable<string?>> Names)
{
    private const string ColorText = "The color: #rrggbb, or a name such as slate; '' for none.";

    public static EntryKind Groups { get; } = new(
        ManifestList.Groups, "group", "group", [("description", "--description", "The description."), ("color", "--color", ColorText), ("icon", "--icon", "The name of the icon.")], one => one.GroupDefinitions.Select(group => group.Name));

    public static EntryKind McpServers { get; } = new(
        ManifestList.McpServers,
        "MCP server",
        "server",
        [("repo", "--repo", "The repository."), ("version", "--version", "The version to follow."), ("description", "--description", "The description.")],
        one => one.McpServers.Select(server => server.Name));

    public static EntryKind Tags { get; } = new(
        ManifestList.TagDefinitions,
        "tag definition",
        "tag",
        [("slug", "--slug", "The name in addresses; made of the name by default."), ("color", "--color", ColorText), ("description", "--description", "The description.")],
        one => one.TagDefinitions.Select(tag => tag.Name));

    /// <summary>Whether entries have environment variables.</summary>
    public bool HasVariables => List == ManifestList.McpServers;
}
