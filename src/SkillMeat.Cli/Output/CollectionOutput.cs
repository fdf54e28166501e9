using System.Globalization;
using SkillMeat.Collections;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the properties of a collection.</summary>
internal static class CollectionOutput
{
    public static void WriteDetails(CommandRun run, Collection collection, bool showsValues) => run.Tables().WriteDetails(
    [
        ("Name", collection.Name),
        .. Optional("Title", collection.Title == collection.Name ? "" : collection.Title),
        .. Optional("Description", collection.Description ?? ""),
        ("Folder", collection.Folder),
        ("Active", collection.IsActive ? "yes" : "no"),
        ("Created (UTC)", ShortTexts.Time(collection.Created)),
        ("Updated (UTC)", ShortTexts.Time(collection.Updated)),
        ("Artifacts", collection.ArtifactCount.ToString(CultureInfo.InvariantCulture)),
        ("MCP servers", collection.McpServerCount.ToString(CultureInfo.InvariantCulture)),
        .. collection.McpServers.Select(server => ("  MCP server", Describe(server, showsValues))),
        ("Groups", collection.Groups.ToString()),
        .. collection.GroupDefinitions.Select(group => ("  Group", Describe(group))),
        .. collection.TagDefinitions.Select(tag => ("Tag definition", Describe(tag))),
        .. Optional("Other values", collection.OtherValues.ToString()),
    ]);

    private static string Describe(McpServer server, bool showsValues) => Join(
        server.ToString(),
        server.Status,
        server.Description,
        server.ResolvedVersion ?? ShortTexts.Sha(server.ResolvedSha),
        Named("installed", ShortTexts.Time(server.InstalledAt)),
        Named("updated", ShortTexts.Time(server.LastUpdated)),
        // The values may be secret.
        Named("sets", showsValues ? server.EnvVars.ToString() : string.Join(", ", server.EnvVars.Keys)),
        server.OtherValues.ToString());

    private static string Describe(GroupDefinition group) => Join(
        group.ToString(), group.Description, group.Color, group.Icon, Named("position", group.Position?.ToString(CultureInfo.InvariantCulture)), group.OtherValues.ToString());

    private static string Describe(TagDefinition tag) => Join(tag.ToString(), Named("slug", tag.Slug), tag.Color, tag.OtherValues.ToString());

    private static string Named(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"{name} {value}";

    private static string Join(params string?[] parts) => string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static IEnumerable<(string Name, string Value)> Optional(string name, string value) => value.Length == 0 ? [] : [(name, value)];
}
