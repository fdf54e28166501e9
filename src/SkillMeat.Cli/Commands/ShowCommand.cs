using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm show</c>.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("artifact") { Description = "The artifact: its name, type:name if several types share the name, or a pattern with * and ? that fits one artifact." };
        var collection = ArtifactOptions.Collection();
        return commands.Create("show", "Shows one artifact.", [name, collection], (run, parsed) =>
        {
            var artifact = run.OpenHomeToRead().Read(parsed.GetValue(collection)).FindOne(parsed.GetRequiredValue(name));
            if (run.IsJson)
            {
                run.WriteJson(ArtifactJson.Of(artifact));
            }
            else
            {
                ArtifactOutput.WriteDetails(run, artifact);
            }

            return ExitCode.Success;
        });
    }
}
