using System.CommandLine;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Commands;

/// <summary>The options by which an update is told what to do.</summary>
internal sealed class UpdateOptions
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = "Which artifacts: a name, type:name, or a pattern with * and ?, each.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Every artifact; with --type, every one of these types." };

    private readonly Option<string[]> _type = ArtifactOptions.Type();

    private readonly Option<string?> _strategy = new("--strategy", "-s")
    {
        Description = "What becomes of local edits where upstream changed too. Default: 'update-strategy' under [settings] in config.toml, else merge.",
        HelpName = string.Join('|', UpdateStrategyNames.All),
    };

    private readonly Option<string[]> _collections = new("--collection", "-c")
    {
        Description = "The collection; the active one by default. May be repeated: all of them are updated, or none.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _version = new("--version") { Description = "The tag, branch or commit to follow from now on; 'latest' for the default branch.", HelpName = "VERSION" };

    private readonly Option<bool> _removeDeleted = new("--remove-deleted") { Description = "Remove artifacts that are gone upstream." };

    private readonly Option<bool> _clean = new("--clean") { Description = "Remove files that exist only locally." };

    private readonly Option<string?> _resolveWith = new("--resolve-with")
    {
        Description = "What to take of files that both sides changed: upstream's, the local ones, or, for one artifact, the folder in which you merged them.",
        HelpName = "upstream|local|FOLDER",
    };

    private readonly Option<bool> _skipSnapshot = SkipSnapshot();

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what would change, as a diff." };

    public IReadOnlyList<Symbol> Symbols => [_names, _all, _type, _strategy, _collections, _version, _removeDeleted, _clean, _resolveWith, _skipSnapshot, _dryRun];

    public static Option<bool> SkipSnapshot() => new("--skip-snapshot") { Description = "Make no snapshot first. Then there is no way back." };

    /// <summary>Makes a request of what was typed; its strategy is that which was named, if one was.</summary>
    public UpdateRequest Read(CommandRun run, ParseResult parsed)
    {
        var names = parsed.GetValue(_names) ?? [];
        if (parsed.GetValue(_all) == names.Length > 0)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "Give the NAME of each artifact to update, or say --all to update every one.");
        }

        return new UpdateRequest
        {
            Collections = CommandRun.ChoicesOf(parsed, _collections),
            Filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, _type), names),
            ResolveWith = TextOf(parsed, _resolveWith) is { } resolution ? ConflictResolution.Parse(resolution, CommandRun.CurrentFolder) : null,
            RemoveDeleted = parsed.GetValue(_removeDeleted),
            Clean = parsed.GetValue(_clean),
            Version = TextOf(parsed, _version),
            SkipSnapshot = parsed.GetValue(_skipSnapshot),
            DryRun = parsed.GetValue(_dryRun),
            LockTimeout = run.LockTimeout,
        };
    }

    /// <summary>The strategy that was named; null for none.</summary>
    public UpdateStrategy? ReadStrategy(CommandRun run, ParseResult parsed)
    {
        if (TextOf(parsed, _strategy) is not { } text)
        {
            return null;
        }

        var strategy = UpdateStrategyNames.Parse(text);
        return strategy == UpdateStrategy.Prompt && !run.IsInteractive
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, "--strategy prompt asks about each artifact, and nobody can be asked here. Say take-upstream, keep-local or merge.")
            : strategy;
    }

    private static string? TextOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : string.IsNullOrWhiteSpace(text) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} is empty.")
        : text;
}
