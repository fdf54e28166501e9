using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection show</c>.</summary>
internal static class CollectionShowCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string?>("name") { Description = "The collection; the active one by default.", Arity = ArgumentArity.ZeroOrOne };
        var showValues = EntryCommands.ShowValues();
        return commands.Create("show", "Shows a collection and its artifacts.", [name, showValues], (run, parsed) =>
        {
            var collection = run.OpenHomeToRead().Read(parsed.GetValue(name));
            var showsValues = parsed.GetValue(showValues);
            if (!showsValues) collection = collection with { McpServers = [.. collection.McpServers.Select(server => server.Masked())] };
            if (run.IsJson)
            {
                run.WriteJson(CollectionJson.Of(collection));
            }
            else
            {
                CollectionOutput.WriteDetails(run, collection, showsValues);
                ArtifactOutput.WriteTable(run, collection.Artifacts);
            }

            return ExitCode.Success;
        });
    }
}
