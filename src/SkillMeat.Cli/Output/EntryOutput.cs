using System.Globalization;
using SkillMeat.Cli.Commands;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes groups, MCP servers and tag definitions.</summary>
internal static class EntryOutput
{
    /// <summary>Writes the entries of collections.</summary>
    public static void WriteList(CommandRun run, EntryKind kind, IReadOnlyList<Collection> collections, bool showsValues)
    {
        WriteSome(run, kind, collections, (_, _) => true, showsValues);
        if (run.IsJson || collections.Any(one => kind.Names(one).Any())) return;
        run.Say($"There are no {kind.Noun}s.");
    }

    /// <summary>Writes the outcome of edits with the entries that they concern: those that are there now, or those that were removed.</summary>
    public static void Write(CommandRun run, EntryKind kind, Collection before, EditResult result, IReadOnlyList<ManifestEdit> edits, string outcome, bool showsValues)
    {
        var isRemoval = edits[0].Action == EditAction.Remove;
        var names = edits.Select(edit => edit.NewName ?? edit.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        WriteSome(run, kind, [isRemoval ? before : result.After], (_, name) => edits[0].Action == EditAction.Order || (name is not null && names.Contains(name)), showsValues);
        run.Say(!result.IsChanged ? "Nothing is to be changed." : $"{Capital(Describe(kind, edits))} {(result.DryRun ? "would be" : IsOne(edits) ? "was" : "were")} {outcome} in collection '{result.After.Name}'.");
        if (result.SnapshotId is { } id) run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {result.After.Name}' restores it.");
    }

    private static bool IsOne(IReadOnlyList<ManifestEdit> edits) => edits is [{ Action: not EditAction.Order }];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Names the entries of edits, for a sentence.</summary>
    public static string Describe(EntryKind kind, IReadOnlyList<ManifestEdit> edits) => IsOne(edits) ? $"the {kind.Noun} '{edits[0].NewName ?? edits[0].Name}'"
        : edits[0].Action == EditAction.Order ? $"the {kind.Noun}s" : string.Create(CultureInfo.InvariantCulture, $"{edits.Count} {kind.Noun}s");

    private static void WriteSome(CommandRun run, EntryKind kind, IReadOnlyList<Collection> collections, Func<Collection, string?, bool> isChosen, bool showsValues)
    {
        switch (kind.List)
        {
            case ManifestList.Groups:
                GroupOutput.Write(run, [.. collections.SelectMany(one => one.ListGroups().Where(group => isChosen(one, group.Name)))]);
                break;
            case ManifestList.McpServers:
                WriteServers(run, [.. collections.SelectMany(one => one.McpServers.Where(server => isChosen(one, server.Name)))], showsValues);
                break;
            default:
                WriteTags(run, [.. collections.SelectMany(one => one.TagDefinitions.Where(tag => isChosen(one, tag.Name)))]);
                break;
        }
    }

    private static void WriteServers(CommandRun run, IReadOnlyList<McpServer> servers, bool showsValues)
    {
        if (run.IsJson)
        {
            run.WriteJson(servers.Select(server => McpEntryJson.Of(server, showsValues)));
        }
        else if (servers.Count > 0)
        {
            run.Tables().Write(
                ["Server", new("Repository", 1), new("Version", 2), new("Variables", 3), new("Description", 4), new("Collection", 5)],
                servers.Select(one => new[] { one.Name ?? "", one.Repo ?? "", one.Version ?? "", VariablesOf(one, showsValues), ShortTexts.Value(one.Description ?? ""), one.Collection ?? "" }));
        }
    }

    private static string VariablesOf(McpServer server, bool showsValues) => string.Join(", ", server.EnvVars.Select(pair => showsValues ? $"{pair.Key}={pair.Value}" : pair.Key));

    private static void WriteTags(CommandRun run, IReadOnlyList<TagDefinition> tags)
    {
        if (run.IsJson)
        {
            run.WriteJson(tags.Select(TagEntryJson.Of));
        }
        else if (tags.Count > 0)
        {
            run.Tables().Write(
                ["Tag", new("Slug", 1), new("Color", 2), new("Description", 3), new("Collection", 4)],
                tags.Select(one => new[] { one.Name ?? "", one.Slug ?? "", one.Color ?? "", ShortTexts.Value(one.Description ?? ""), one.Collection ?? "" }));
        }
    }
}
