using System.CommandLine;
using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm add</c>.</summary>
internal static class AddCommand
{
    private const string AnyType = "auto";

    public static Command Create(CommandFactory commands)
    {
        var words = new Argument<string[]>("[type] spec")
        {
            Description = "The sources: owner/repo[/path][@version], a URL, or a folder or file. The type before them is optional: skill, command, agent, hook, mcp, workflow or composite.",
            Arity = ArgumentArity.OneOrMore,
        };
        var types = ArtifactOptions.Type();
        var name = new Option<string?>("--name", "-n") { Description = "The name in the collection, for a single artifact; the last part of its path by default.", HelpName = "NAME" };
        var all = new Option<bool>("--all") { Description = "Adds everything that the sources contain." };
        var include = new Option<string[]>("--include") { Description = "Adds what the sources contain under a name that matches this pattern (* and ?). May be repeated.", HelpName = "PATTERN", AllowMultipleArgumentsPerToken = false };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Adds what can be added. Otherwise, if one artifact cannot be added, none is." };
        var collection = ArtifactOptions.Collection();
        var waits = new UpstreamWaits();
        return commands.Create("add", "Adds artifacts to a collection.", [words, types, name, all, include, keepGoing, collection, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var (wanted, sources, isWhole) = Split(parsed.GetRequiredValue(words), ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, types), []).Types);
            var (named, patterns) = (parsed.GetValue(name), CommandRun.ChoicesOf(parsed, include));
            var isSelection = parsed.GetValue(all) || patterns.Length > 0;
            if (named is not null && (sources.Count > 1 || isSelection))
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, isSelection ? "--name applies to one artifact, and not to a selection." : $"--name applies to one artifact, and {sources.Count} were given.");
            }

            var store = run.OpenHome();
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            var browser = new ArtifactBrowser(store, session);
            var selection = new AddSelection(run, browser) { Include = patterns, Types = wanted, Collection = parsed.GetValue(collection) };
            var additions = isSelection ? await selection.FindAsync(sources, cancellationToken)
                : await EachAsync();
            var request = new AddRequest
            {
                Artifacts = additions,
                KeepGoing = parsed.GetValue(keepGoing),
                Collection = parsed.GetValue(collection),
                BaseFolder = CommandRun.CurrentFolder,
                LockTimeout = run.LockTimeout,
            };
            IReadOnlyList<AddEntry> entries;
            using (run.ShowProgress("Fetching…"))
            {
                entries = additions.Count == 0 ? [] : await new ArtifactAdder(store, session).AddAsync(request, cancellationToken);
            }

            AddOutput.Write(run, entries);
            return entries.Any(entry => entry.Status == AddStatus.Error) ? ExitCode.Error : ExitCode.Success;

            async Task<IReadOnlyList<ArtifactAddition>> EachAsync()
            {
                var several = named is not null || isWhole ? [] : sources.Distinct(StringComparer.Ordinal).Where(source => browser.MayContainSeveral(source, CommandRun.CurrentFolder)).ToList();
                var chosen = await selection.ChooseAsync(several, isOnly: sources.Count == 1, cancellationToken);
                return [.. sources.SelectMany(source => chosen.TryGetValue(source, out var some) ? some : [new ArtifactAddition(source) { Type = TypeOfEach(wanted)?.Name, Name = named }])];
            }
        });
    }

    private static ArtifactType? TypeOfEach(IReadOnlyList<ArtifactType> types) => types.Count <= 1 ? (types.Count == 0 ? null : types[0])
        : throw new SkillMeatException(ErrorIds.InvalidArgument, "Several types select among the artifacts of a source, with --all or --include. A single artifact has one type.");

    // The first word is the type, unless it is the only one, or cannot be a type.
    // 'auto' means that each source as a whole is one artifact, as it did before there was a choice.
    private static (IReadOnlyList<ArtifactType> Types, IReadOnlyList<string> Sources, bool IsWhole) Split(string[] words, IReadOnlyList<ArtifactType> types)
    {
        if (types.Count > 0) return (types, words, false);
        if (words is [var only])
        {
            return ArtifactType.TryParse(only, out _) && !Path.Exists(only)
                ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"Name the sources after the type '{only}': owner/repo/path, a URL, or a folder.")
                : ([], words, false);
        }

        if (words[0].Equals(AnyType, StringComparison.OrdinalIgnoreCase)) return ([], words[1..], true);
        // A misspelled type gets an error that lists the types. A source has a slash, or is a folder.
        return ArtifactType.TryParse(words[0], out var type) || !(words[0].IndexOfAny(['/', '\\', '.', '~', ':']) >= 0 || Path.Exists(words[0]))
            ? ([type ?? ArtifactType.Parse(words[0])], words[1..], false)
            : ([], words, false);
    }
}
