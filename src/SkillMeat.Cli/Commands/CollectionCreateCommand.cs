using System.CommandLine;
using SkillMeat.Cli.Output;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection create</c>.</summary>
internal static class CollectionCreateCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("name") { Description = "The new collection's name." };
        return commands.Create("create", "Makes an empty collection.", [name], async (run, parsed, cancellationToken) =>
        {
            var collection = await run.OpenHome().CreateAsync(parsed.GetRequiredValue(name), run.LockTimeout, cancellationToken);
            if (run.IsJson)
            {
                run.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("name", collection.Name);
                    json.WriteString("folder", collection.Folder);
                    json.WriteTime("created", collection.Created);
                    json.WriteEndObject();
                });
            }
            else
            {
                run.Say($"Made collection '{collection.Name}' in {collection.Folder}.");
            }

            return ExitCode.Success;
        });
    }
}
