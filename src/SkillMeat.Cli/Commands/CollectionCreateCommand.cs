using System.CommandLine;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection create</c>.</summary>
internal static class CollectionCreateCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("name") { Description = "The name of the new collection." };
        return commands.Create("create", "Creates an empty collection.", [name], async (run, parsed, cancellationToken) =>
        {
            var collection = await run.OpenHome().CreateAsync(parsed.GetRequiredValue(name), run.LockTimeout, cancellationToken);
            if (run.IsJson)
            {
                run.WriteJson(new NewCollectionJson(collection.Name, collection.Folder, collection.Created));
            }
            else
            {
                run.Say($"Created collection '{collection.Name}' in {collection.Folder}.");
            }

            return ExitCode.Success;
        });
    }
}
