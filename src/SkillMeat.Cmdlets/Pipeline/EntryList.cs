using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A list of named entries of collections, as cmdlets see it.</summary>
/// <param name="List">The list.</param>
/// <param name="Noun">The kind of an entry, for messages.</param>
/// <param name="Mark">The property that tells an entry from other objects with a name.</param>
/// <param name="Read">Returns the entries of a collection with their names.</param>
internal sealed record EntryList(ManifestList List, string Noun, string Mark, Func<Collection, IReadOnlyList<(string? Name, object Entry)>> Read)
{
    /// <summary>The groups.</summary>
    public static EntryList Groups { get; } = new(ManifestList.Groups, "group", nameof(ArtifactGroup.MissingMembers), one => [.. one.ListGroups().Select(group => (group.Name, (object)group))]);

    /// <summary>The MCP servers.</summary>
    public static EntryList McpServers { get; } = new(ManifestList.McpServers, "MCP server", nameof(McpServer.EnvVars), one => [.. one.McpServers.Select(server => (server.Name, (object)server))]);

    /// <summary>The tag definitions.</summary>
    public static EntryList TagDefinitions { get; } = new(ManifestList.TagDefinitions, "tag definition", nameof(TagDefinition.Slug), one => [.. one.TagDefinitions.Select(tag => (tag.Name, (object)tag))]);

    /// <summary>Finds the entries that a name or a pattern means. A name that no entry has is an error; a pattern that fits none is not.</summary>
    /// <exception cref="SkillMeat.Errors.SkillMeatException">There is no entry of this name, or the pattern is not valid.</exception>
    public IReadOnlyList<(string Name, object Entry)> Find(Collection collection, string wanted)
    {
        var entries = Read(collection).Where(one => one.Name is not null).Select(one => (Name: one.Name!, one.Entry)).ToList();
        // A name from the pipeline is not escaped.
        if (entries.FindAll(one => one.Name == wanted) is { Count: > 0 } exact) return exact;
        var pattern = Wildcards.Of(wanted);
        var found = entries.FindAll(one => pattern.IsMatch(one.Name));
        return found.Count > 0 ? found : Wildcards.IsPattern(wanted) ? [] : throw ManifestEditor.Missing(collection, List, wanted);
    }
}
