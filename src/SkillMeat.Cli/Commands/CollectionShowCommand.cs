using System.CommandLine;
using System.Globalization;
using SkillMeat.Cli.Output;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection show</c>.</summary>
internal static class CollectionShowCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string?>("name") { Description = "The collection; the active one by default.", Arity = ArgumentArity.ZeroOrOne };
        return commands.Create("show", "Shows a collection and its artifacts.", [name], (run, parsed) =>
        {
            var collection = run.OpenHomeToRead().Read(parsed.GetValue(name));
            if (run.IsJson)
            {
                run.WriteJson(collection);
            }
            else
            {
                run.Tables().Write(
                    ["Property", "Value"],
                    [
                        ["Name", collection.Name],
                        ["Folder", collection.Folder],
                        ["Active", collection.IsActive ? "yes" : "no"],
                        ["Created (UTC)", ShortTexts.Time(collection.Created)],
                        ["Updated (UTC)", ShortTexts.Time(collection.Updated)],
                        ["Artifacts", collection.ArtifactCount.ToString(CultureInfo.InvariantCulture)],
                        ["MCP servers", collection.McpServerCount.ToString(CultureInfo.InvariantCulture)],
                        ["Groups", string.Join(", ", collection.Groups)],
                    ]);
                ArtifactOutput.WriteTable(run, collection.Artifacts);
            }

            return ExitCode.Success;
        });
    }
}
