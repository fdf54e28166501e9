using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Server.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary>The commands that every list of named entries has: to create, edit and remove one.</summary>
/// <param name="commands">The factory of commands.</param>
/// <param name="kind">The list.</param>
internal sealed class EntryCommands(CommandFactory commands, EntryKind kind)
{
    private readonly Option<bool> _showValues = ShowValues();

    /// <summary>Whether values of environment variables are shown.</summary>
    public static Option<bool> ShowValues() => new("--show-values") { Description = "Show the values of environment variables, which may be secret." };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Show the outcome without changing anything." };

    public static Option<int?> Position(string description) => new("--position") { Description = description, HelpName = "NUMBER" };

    /// <summary>Makes edits, and writes the entries that they concern.</summary>
    public static async Task<int> EditAsync(CommandRun run, EntryKind kind, string? collection, bool isDry, bool showsValues, IReadOnlyList<ManifestEdit> edits, string outcome, CancellationToken cancellationToken)
    {
        var store = isDry ? run.OpenHomeToRead() : run.OpenHome();
        var before = store.Read(collection);
        var result = await new ManifestEditor(store).EditAsync(new EditRequest { Edits = edits, Collection = before.Name, DryRun = isDry, LockTimeout = run.LockTimeout }, cancellationToken);
        EntryOutput.Write(run, kind, before, result, edits, outcome, showsValues);
        return ExitCode.Success;
    }

    public Command List(string name)
    {
        var collections = ArtifactOptions.Collections("each is listed");
        IReadOnlyList<Symbol> symbols = kind.HasVariables ? [collections, _showValues] : [collections];
        return commands.Create(name, $"Lists the {kind.Noun}s of a collection.", symbols, (run, parsed) =>
        {
            var store = run.OpenHomeToRead();
            var read = CollectionNames.Resolve(store, CommandRun.ChoicesOf(parsed, collections)).Select(store.Read).ToList();
            EntryOutput.WriteList(run, kind, read, kind.HasVariables && parsed.GetValue(_showValues));
            return ExitCode.Success;
        });
    }

    public Command Create(string name, Option<string[]>? members = null)
    {
        var entry = new Argument<string>("name") { Description = $"The name of the {kind.Noun}." };
        var (collection, dryRun, position) = (ArtifactOptions.Collection(), DryRun(), Position("The position in the list, from 0; the end by default."));
        var values = new EntryValueOptions(kind);
        IReadOnlyList<Symbol> others = members is null ? [] : [members];
        return commands.Create(name, $"Creates a {kind.Noun} in a collection.", [entry, .. values.Symbols(isNew: true), .. others, position, collection, dryRun], (run, parsed, cancellationToken) =>
        {
            var typed = parsed.GetRequiredValue(entry);
            var edit = new ManifestEdit(kind.List, EditAction.Create, typed)
            {
                Values = values.Read(parsed),
                EnvVars = values.ReadVariables(run, parsed),
                Items = members is null ? [] : CommandRun.ChoicesOf(parsed, members),
                Position = parsed.GetValue(position),
            };
            return EditAsync(run, kind, parsed.GetValue(collection), parsed.GetValue(dryRun), showsValues: false, [edit], "created", cancellationToken);
        });
    }

    public Command Edit(string name)
    {
        var entry = new Argument<string>(kind.Argument) { Description = $"The {kind.Noun}." };
        var rename = new Option<string?>("--name") { Description = "The new name.", HelpName = "NAME" };
        var (collection, dryRun, position) = (ArtifactOptions.Collection(), DryRun(), Position("The new position in the list, from 0."));
        var values = new EntryValueOptions(kind);
        return commands.Create(name, $"Changes a {kind.Noun}. What is not named stays as it is.", [entry, rename, .. values.Symbols(isNew: false), position, collection, dryRun], (run, parsed, cancellationToken) =>
        {
            var edit = new ManifestEdit(kind.List, EditAction.Set, parsed.GetRequiredValue(entry))
            {
                NewName = parsed.GetValue(rename),
                Values = values.Read(parsed),
                EnvVars = values.ReadVariables(run, parsed),
                Position = parsed.GetValue(position),
            };
            if (edit is { NewName: null, Values.Count: 0, EnvVars.Count: 0, Position: null }) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name what to change, such as --description.");
            return EditAsync(run, kind, parsed.GetValue(collection), parsed.GetValue(dryRun), showsValues: false, [edit], "changed", cancellationToken);
        });
    }

    public Command Remove(string name, string description)
    {
        var entries = new Argument<string[]>(kind.Argument) { Description = $"The {kind.Noun}s.", Arity = ArgumentArity.OneOrMore };
        var (collection, dryRun, yes) = (ArtifactOptions.Collection(), DryRun(), new YesOption());
        return commands.Create(name, description, [entries, collection, dryRun, yes.Symbol], async (run, parsed, cancellationToken) =>
        {
            var edits = parsed.GetRequiredValue(entries).Distinct(StringComparer.OrdinalIgnoreCase).Select(one => new ManifestEdit(kind.List, EditAction.Remove, one)).ToList();
            if (!parsed.GetValue(dryRun))
            {
                // A missing one is reported before the prompt.
                var store = run.OpenHome();
                var read = store.Read(parsed.GetValue(collection));
                await new ManifestEditor(store).EditAsync(new EditRequest { Edits = edits, Collection = read.Name, DryRun = true, LockTimeout = run.LockTimeout }, cancellationToken);
                if (!yes.Agrees(run, parsed, "A removal", $"Remove {EntryOutput.Describe(kind, edits)} from collection '{read.Name}'?")) return ExitCode.Error;
            }

            return await EditAsync(run, kind, parsed.GetValue(collection), parsed.GetValue(dryRun), showsValues: false, edits, "removed", cancellationToken);
        });
    }
}
