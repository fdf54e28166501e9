using System.CommandLine;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Commands;

/// <summary>The options of an update.</summary>
internal sealed class UpdateOptions
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = "The artifacts to update: names, type:name, or patterns with * and ?; or owner/repo[/path], an address or a folder for all that come from there.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Update all artifacts, or with --type all artifacts of these types." };

    private readonly Option<string[]> _type = ArtifactOptions.Type();

    private readonly GroupOption _group = new();

    private readonly Option<string?> _strategy = new("--strategy", "-s")
    {
        Description = "The strategy for artifacts that changed both locally and upstream. Default: 'update-strategy' under [settings] in config.toml, else merge.",
        HelpName = string.Join('|', UpdateStrategyNames.All),
    };

    private readonly Option<string[]> _collections = ArtifactOptions.Collections("if one cannot be updated, none is");

    private readonly Option<string?> _version = new("--version") { Description = "The tag, branch or commit to follow from now on; 'latest' for the default branch.", HelpName = "VERSION" };

    private readonly Option<bool> _removeDeleted = new("--remove-deleted") { Description = "Remove artifacts that were deleted upstream." };

    private readonly Option<bool> _clean = new("--clean") { Description = "Remove files that exist only locally." };

    private readonly Option<string?> _resolveWith = new("--resolve-with")
    {
        Description = "Resolve conflicting files: 'upstream' or 'local' for that version, or, for one artifact, the folder that holds the merged files.",
        HelpName = "upstream|local|FOLDER",
    };

    private readonly Option<bool> _skipSnapshot = SkipSnapshot();

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show a diff of the changes without making them." };

    public IReadOnlyList<Symbol> Symbols => [_names, _all, _type, _group.Symbol, _strategy, _collections, _version, _removeDeleted, _clean, _resolveWith, _skipSnapshot, _dryRun];

    public static Option<bool> SkipSnapshot() => new("--skip-snapshot") { Description = "Do not take a snapshot first. The change cannot be undone." };

    /// <summary>Creates a request from the command line, with the strategy given there, if any.</summary>
    public UpdateRequest Read(CommandRun run, ParseResult parsed)
    {
        var names = parsed.GetValue(_names) ?? [];
        if (parsed.GetValue(_all) ? names.Length > 0 : names.Length == 0 && _group.Read(parsed) is null)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "Give the NAME of each artifact to update, the repository that they come from, or use --all to update every one, or --group NAME.");
        }

        return new UpdateRequest
        {
            Collections = CommandRun.ChoicesOf(parsed, _collections),
            Filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, _type), names.Where(name => !SourceFilter.IsSource(name))),
            ResolveWith = TextOf(parsed, _resolveWith) is { } resolution ? ConflictResolution.Parse(resolution, CommandRun.CurrentFolder) : null,
            RemoveDeleted = parsed.GetValue(_removeDeleted),
            Clean = parsed.GetValue(_clean),
            Version = TextOf(parsed, _version),
            SkipSnapshot = parsed.GetValue(_skipSnapshot),
            DryRun = parsed.GetValue(_dryRun),
            LockTimeout = run.LockTimeout,
        };
    }

    /// <summary>The repositories and folders whose artifacts are to be updated.</summary>
    public SourceFilter? ReadSources(CommandRun run, ParseResult parsed) => (parsed.GetValue(_names) ?? []).Where(SourceFilter.IsSource).ToList() is { Count: > 0 } sources
        ? new SourceFilter(sources, CommandRun.CurrentFolder, run.Environment)
        : null;

    /// <summary>Returns a request that is restricted to the members of the group, if one is named.</summary>
    public UpdateRequest Narrow(CommandRun run, ParseResult parsed, CollectionStore store, UpdateRequest request) => _group.Read(parsed) is null ? request : request with
    {
        CollectionFilters = request.Collections.ToDictionary(name => name, name => _group.Narrow(run, parsed, store.Read(name), request.CollectionFilters?.GetValueOrDefault(name) ?? request.Filter)),
    };

    /// <summary>The strategy given on the command line, or null.</summary>
    public UpdateStrategy? ReadStrategy(CommandRun run, ParseResult parsed)
    {
        if (TextOf(parsed, _strategy) is not { } text)
        {
            return null;
        }

        var strategy = UpdateStrategyNames.Parse(text);
        return strategy == UpdateStrategy.Prompt && !run.IsInteractive
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"--strategy prompt asks about each artifact, and {run.WhyNoPrompt}. Use take-upstream, keep-local or merge.")
            : strategy;
    }

    private static string? TextOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : string.IsNullOrWhiteSpace(text) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} is empty.")
        : text;
}
