using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Cli.Output.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        return commands.Create("list", "Lists the artifacts of a collection.", [collection, type, name], (run, parsed) =>
        {
            var filter = CommandRun.FilterOf(parsed, type, name);
            var artifacts = run.OpenHomeToRead().Read(parsed.GetValue(collection)).Artifacts.Where(a => filter.Matches(a));
            if (run.IsJson)
            {
                run.WriteJson(artifacts.Select(ArtifactJson.Of));
            }
            else
            {
                ArtifactOutput.WriteTable(run, artifacts);
            }

            return ExitCode.Success;
        });
    }
}
