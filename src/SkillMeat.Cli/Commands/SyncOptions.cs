using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cli.Commands;

/// <summary>The options of a sync.</summary>
internal sealed class SyncOptions
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = "The artifacts: names, type:name, or patterns with * and ?. All by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _type = ArtifactOptions.Type();

    private readonly GroupOption _group = new();

    private readonly Option<string?> _collection = ProjectOptions.Collection();

    private readonly Option<string[]> _projects = ProjectOptions.Projects();

    private readonly Option<bool> _allProjects = ProjectOptions.AllProjects();

    private readonly Option<bool> _user = ProjectOptions.User();

    private readonly Option<string[]> _profiles = ProjectOptions.Profiles("All by default.");

    private readonly Option<string?> _direction = new("--direction")
    {
        Description = "push: from the project to the collection; pull: from the collection to the project; both (the default). What both sides changed is merged, and both get the result.",
        HelpName = Names<SyncDirection>(),
    };

    private readonly Option<string?> _strategy = new("--strategy", "-s")
    {
        Description = "merge (the default); overwrite: take the side that the direction comes from; fork: make a new artifact of the project's version; prompt.",
        HelpName = Names<SyncStrategy>(),
    };

    private readonly Option<string?> _resolveWith = new("--resolve-with")
    {
        Description = "Resolve conflicting files: 'project' or 'collection' for that version, or, for one artifact, the folder that holds the merged files.",
        HelpName = "project|collection|FOLDER",
    };

    private readonly Option<string?> _forkName = new("--fork-name") { Description = "The name of a fork. Default: the artifact's name with -fork.", HelpName = "NAME" };

    private readonly Option<bool> _skipSnapshot = UpdateOptions.SkipSnapshot();

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the outcome without changing anything." };

    public IReadOnlyList<Symbol> Symbols => [_names, _type, _group.Symbol, _collection, _projects, _allProjects, _user, _profiles, _direction, _strategy, _resolveWith, _forkName, _skipSnapshot, _dryRun];

    /// <summary>Creates a request from the command line.</summary>
    /// <exception cref="SkillMeatException">An option has an invalid value, or a prompt is asked for without a console.</exception>
    public SyncRequest Read(CommandRun run, ParseResult parsed)
    {
        var filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, _type), parsed.GetValue(_names) ?? []);
        var strategy = Parse(parsed, _strategy, SyncStrategy.Merge);
        if (strategy == SyncStrategy.Prompt && !run.IsInteractive)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "--strategy prompt asks about each artifact, and there is no console to prompt on. Use merge, overwrite or fork.");
        }

        return new SyncRequest
        {
            Projects = parsed.GetValue(_projects) ?? [],
            IncludeUser = parsed.GetValue(_user),
            Profiles = parsed.GetValue(_profiles) ?? [],
            Types = [.. filter.Types.Select(type => type.Name)],
            Names = filter.Names,
            Collection = parsed.GetValue(_collection),
            Group = _group.Read(parsed),
            Direction = Parse(parsed, _direction, SyncDirection.Both),
            Strategy = strategy,
            ResolveWith = TextOf(parsed, _resolveWith) is { } resolution ? SyncResolution.Parse(resolution, CommandRun.CurrentFolder) : null,
            ForkName = TextOf(parsed, _forkName),
            SkipSnapshot = parsed.GetValue(_skipSnapshot),
            DryRun = parsed.GetValue(_dryRun),
            LockTimeout = run.LockTimeout,
        };
    }

    /// <summary>Adds the registered projects to a request if they are wanted. Those whose folders are gone are reported.</summary>
    /// <returns>The request, and whether a project is missing.</returns>
    public (SyncRequest Request, bool IsIncomplete) AddProjects(CommandRun run, ParseResult parsed, CollectionStore store, SyncRequest request)
    {
        if (!parsed.GetValue(_allProjects)) return (request, false);
        var projects = new ProjectRegistry(store, run.Environment).List();
        var missing = projects.Where(project => project.IsMissing).ToList();
        foreach (var project in missing) run.Error(ProjectRegistry.Missing(project.Path));
        return (request with { Projects = [.. request.Projects, .. projects.Except(missing).Select(project => project.Path)] }, missing.Count > 0);
    }

    private static T Parse<T>(ParseResult parsed, Option<string?> option, T otherwise)
        where T : struct, Enum
    {
        if (TextOf(parsed, option) is not { } text) return otherwise;
        foreach (var value in Enum.GetValues<T>())
        {
            if (EnumName.Of(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not valid for {option.Name}. Valid values: {Names<T>().Replace("|", ", ", StringComparison.Ordinal)}.");
    }

    private static string Names<T>()
        where T : struct, Enum => string.Join('|', Enum.GetValues<T>().Select(value => EnumName.Of(value)));

    private static string? TextOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : string.IsNullOrWhiteSpace(text) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} is empty.")
        : text;
}
