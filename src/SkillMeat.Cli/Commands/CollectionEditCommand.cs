using System.CommandLine;
using SkillMeat.Organizing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection edit</c>.</summary>
internal static class CollectionEditCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string?>("name") { Description = "The collection; the active one by default.", Arity = ArgumentArity.ZeroOrOne };
        var description = new Option<string>("--description") { Description = "The new description; an empty one removes it. Python SkillMeat drops it when it saves the collection.", HelpName = "TEXT", Required = true };
        return commands.Create("edit", "Edits the description of a collection.", [name, description], async (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHome();
            var collection = await new CollectionOrganizer(store, run.Environment).DescribeAsync(parsed.GetValue(name), parsed.GetRequiredValue(description), run.LockTimeout, cancellationToken);
            if (run.IsJson) run.WriteJson(new DescribedCollectionJson(collection.Name, collection.Description));
            else run.Say(collection.Description is null ? $"Collection '{collection.Name}' has no description now." : $"Collection '{collection.Name}': {collection.Description}");
            return ExitCode.Success;
        });
    }
}
