using System.CommandLine;
using System.CommandLine.Completions;
using SkillMeat.Browsing;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Projects.Syncing;
using SkillMeat.Refresh;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Completion;

/// <summary>Completes a command line: commands, options, and the values of both. Where a file or folder is expected, nothing is offered, so that the shell completes it.</summary>
internal sealed class LineCompleter(RootCommand root, Func<string, string?> environment)
{
    /// <summary>Returns the words that can take the place of the last one.</summary>
    /// <param name="words">The words after the name of the program. The last one is being typed, and may be empty.</param>
    public IReadOnlyList<Candidate> Complete(IReadOnlyList<string> words)
    {
        var typed = words.Count == 0 ? "" : words[^1];
        var line = TypedLine.Read(root, [.. words.SkipLast(1)]);
        var equals = typed.IndexOf('=', StringComparison.Ordinal);
        if (line.Awaiting is { } option) return Fitting(ValuesOf(line, option, typed), typed);
        if (!line.IsAfterOptions && equals > 0 && line.FindOption(typed[..equals]) is { } named)
        {
            return [.. Fitting(ValuesOf(line, named, typed[(equals + 1)..]), typed[(equals + 1)..]).Select(one => one with { Value = typed[..(equals + 1)] + one.Value })];
        }

        if (!line.IsAfterOptions && typed.StartsWith('-')) return Fitting(line.Options.Select(one => new Candidate(one.Name, one.Description ?? "")), typed);
        var commands = line.IsAfterOptions || line.Arguments.Count > 0 ? [] : line.Command.Subcommands.Where(one => !one.Hidden).Select(one => new Candidate(one.Name, one.Description ?? ""));
        return Fitting([.. commands, .. line.FindArgument() is { } argument ? ValuesOf(line, argument, typed) : []], typed);
    }

    private static List<Candidate> Fitting(IEnumerable<Candidate> candidates, string typed) =>
        [.. candidates.Where(one => one.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).DistinctBy(one => one.Value)];

    private IEnumerable<Candidate> ValuesOf(TypedLine line, Symbol symbol, string typed)
    {
        var home = new HomeValues(line.ValueOf("--home"), line.ValuesOf("--collection"), [.. line.ValuesOf("--type").Where(type => ArtifactType.TryParse(type, out _))], environment);
        return (line.CommandName, symbol.Name) switch
        {
            ("add", "--name" or "name") or ("create", "name") or ("edit", "--name") or (_, "new-name" or "--as") => [],
            (_, "group" or "--group") => home.Groups,
            (_, "server") => home.McpServers,
            (_, "tag") => home.Tags,
            (_, "--member") => home.Artifacts(typed),
            ("add", "[type] spec") => line.Arguments.Count > 0 ? home.Sources : [.. Types, .. home.Sources],
            ("use" or "show" or "rename" or "edit" or "delete", "name") or (_, "--collection" or "--to") => home.Collections,
            ("adopt", "name") => home.Unrecorded(line.ValuesOf("--project"), typed),
            ("update", "name") => [.. home.Artifacts(typed), .. typed.Length > 0 ? home.Sources : []],
            (_, "name" or "artifact" or "--name" or "--artifact") => home.Artifacts(typed),
            (_, "id" or "--snapshot") => home.Snapshots,
            (_, "--marketplace" or "marketplace") => home.Marketplaces,
            ("search", "--state") => [.. Enum.GetValues<UpstreamArtifactState>().Select(one => new Candidate(EnumName.Of(one), ""))],
            (_, "--source") or ("browse", "spec") => home.Sources,
            (_, "--type") => Types,
            (_, "--project" or "project") => home.Projects,
            (_, "--profile") => home.Profiles,
            (_, "--mode") => [new Candidate("copy", "Copy the files."), new Candidate("link", "Link to the collection's files.")],
            (_, "--fields") => RefreshField.All.Select(field => new Candidate(field.Name, field.Meaning)),
            ("sync", "--strategy") => [.. Enum.GetValues<SyncStrategy>().Select(one => new Candidate(EnumName.Of(one), ""))],
            ("sync", "--direction") => [.. Enum.GetValues<SyncDirection>().Select(one => new Candidate(EnumName.Of(one), ""))],
            ("sync", "--resolve-with") => [new Candidate("project", ""), new Candidate("collection", "")],
            (_, "--strategy") => UpdateStrategyNames.All.Select(name => new Candidate(name, "")),
            (_, "--resolve-with") => [new Candidate("upstream", ""), new Candidate("local", "")],
            _ => symbol.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.Label, item.Detail ?? "")),
        };
    }

    private static IEnumerable<Candidate> Types => ArtifactType.All.Where(type => type.Container is not null).Select(type => new Candidate(type.Name, ""));
}
