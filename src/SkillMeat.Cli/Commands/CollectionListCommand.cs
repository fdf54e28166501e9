using System.CommandLine;
using System.Globalization;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection list</c>.</summary>
internal static class CollectionListCommand
{
    public static Command Create(CommandFactory commands)
    {
        var showValues = EntryCommands.ShowValues();
        return commands.Create("list", "Lists the collections of the home.", [showValues], (run, parsed) =>
        {
            var collections = run.OpenHomeToRead().List();
            if (run.IsJson)
            {
                var shown = parsed.GetValue(showValues) ? collections : collections.Select(one => one with { McpServers = [.. one.McpServers.Select(server => server.Masked())] });
                run.WriteJson(shown.Select(CollectionSummaryJson.Of));
            }
            else
            {
                run.Tables().Write(
                    ["Collection", "Active", new("Artifacts", 2), new("Updated (UTC)", 1), "Problem"],
                    collections.Select(c => new[]
                    {
                        c.Name,
                        c.IsActive ? "yes" : "",
                        c.ArtifactCount.ToString(CultureInfo.InvariantCulture),
                        ShortTexts.Time(c.Updated),
                        c.Problem ?? "",
                    }));
            }

            return collections.Any(c => c.Problem is not null) ? ExitCode.Error : ExitCode.Success;
        });
    }
}
