using System.CommandLine;
using SkillMeat.Browsing;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var source = ArtifactOptions.Source();
        return commands.Create("list", "Lists the artifacts of a collection.", [collection, type, name, source], (run, parsed) =>
        {
            var filter = CommandRun.FilterOf(parsed, type, name);
            var sources = new SourceFilter(CommandRun.ChoicesOf(parsed, source), CommandRun.CurrentFolder, run.Environment);
            var read = run.OpenHomeToRead().Read(parsed.GetValue(collection));
            var unknownSources = sources.FindUnknown([read]);
            foreach (var error in unknownSources)
            {
                run.Error(error);
            }

            if (CommandRun.ChoicesOf(parsed, source).Length > 0)
            {
                filter = filter.Within(sources.Find(read));
            }

            var artifacts = read.Artifacts.Where(a => filter.Matches(a));
            var unknown = filter.FindUnknownNames(read.Artifacts);
            foreach (var missing in unknown)
            {
                run.Error(read.Missing(missing));
            }

            if (run.IsJson)
            {
                run.WriteJson(artifacts.Select(ArtifactJson.Of));
            }
            else
            {
                ArtifactOutput.WriteTable(run, artifacts);
            }

            return unknown.Count + unknownSources.Count > 0 ? ExitCode.Error : ExitCode.Success;
        });
    }
}
