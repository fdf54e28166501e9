using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Editing;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm group</c>.</summary>
internal static class GroupCommands
{
    private static readonly EntryKind _kind = EntryKind.Groups;

    public static Command Create(CommandFactory commands)
    {
        var entries = new EntryCommands(commands, _kind);
        var members = new Option<string[]>("--member") { Description = "The first members: names or type:name.", HelpName = "ARTIFACT" };
        return new Command("group", "Groups of artifacts: list, show, create, edit, delete, add, remove, order.")
        {
            entries.List("list"),
            Show(commands),
            entries.Create("create", members),
            entries.Edit("edit"),
            entries.Remove("delete", "Deletes groups. Their members stay in the collection."),
            Members(commands, "add", "Adds artifacts to a group, or moves them in it.", EditAction.AddMembers),
            Members(commands, "remove", "Removes members from a group. The artifacts stay in the collection.", EditAction.RemoveMembers),
            Order(commands),
        };
    }

    private static Argument<string> GroupArgument() => new("group") { Description = "The group." };

    private static Command Show(CommandFactory commands)
    {
        var (group, collection) = (GroupArgument(), ArtifactOptions.Collection());
        return commands.Create("show", "Shows a group with its members.", [group, collection], (run, parsed) =>
        {
            GroupOutput.Show(run, run.OpenHomeToRead().Read(parsed.GetValue(collection)).FindGroup(parsed.GetRequiredValue(group)));
            return ExitCode.Success;
        });
    }

    private static Command Members(CommandFactory commands, string name, string description, EditAction action)
    {
        var (group, collection, dryRun) = (GroupArgument(), ArtifactOptions.Collection(), EntryCommands.DryRun());
        var artifacts = new Argument<string[]>("artifact")
        {
            Description = action == EditAction.AddMembers ? "The artifacts: names, type:name, or patterns with * and ?." : "The members: names or type:name.",
            Arity = ArgumentArity.OneOrMore,
        };
        var position = EntryCommands.Position("The position in the group, from 0. Members that it has already move there.");
        IReadOnlyList<Symbol> symbols = action == EditAction.AddMembers ? [group, artifacts, position, collection, dryRun] : [group, artifacts, collection, dryRun];
        return commands.Create(name, description, symbols, (run, parsed, cancellationToken) =>
        {
            var typed = parsed.GetRequiredValue(artifacts);
            if (action == EditAction.AddMembers)
            {
                var read = run.OpenHomeToRead().Read(parsed.GetValue(collection));
                typed = [.. typed.SelectMany(one => read.FindAll(one, type: null)).Select(artifact => artifact.ArtifactId).Distinct()];
            }

            var edit = new ManifestEdit(_kind.List, action, parsed.GetRequiredValue(group)) { Items = typed, Position = action == EditAction.AddMembers ? parsed.GetValue(position) : null };
            return EntryCommands.EditAsync(run, _kind, parsed.GetValue(collection), parsed.GetValue(dryRun), showsValues: false, [edit], "changed", cancellationToken);
        });
    }

    private static Command Order(CommandFactory commands)
    {
        var (collection, dryRun) = (ArtifactOptions.Collection(), EntryCommands.DryRun());
        var groups = new Argument<string[]>("group") { Description = "The groups that come first, in this order. The others follow as they are.", Arity = ArgumentArity.OneOrMore };
        return commands.Create("order", "Changes the order of the groups.", [groups, collection, dryRun], (run, parsed, cancellationToken) =>
        {
            var edit = new ManifestEdit(_kind.List, EditAction.Order, "") { Items = parsed.GetRequiredValue(groups) };
            return EntryCommands.EditAsync(run, _kind, parsed.GetValue(collection), parsed.GetValue(dryRun), showsValues: false, [edit], "ordered", cancellationToken);
        });
    }
}
