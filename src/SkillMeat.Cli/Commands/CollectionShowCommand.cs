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
                run.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("name", collection.Name);
                    json.WriteString("title", collection.Title);
                    json.WriteString("folder", collection.Folder);
                    json.WriteBoolean("is_active", collection.IsActive);
                    json.WriteTime("created", collection.Created);
                    json.WriteTime("updated", collection.Updated);
                    json.WriteNumber("artifact_count", collection.ArtifactCount);
                    json.WriteNumber("mcp_server_count", collection.McpServerCount);
                    json.WriteTexts("groups", collection.Groups);
                    json.WriteStartArray("artifacts");
                    foreach (var artifact in collection.Artifacts)
                    {
                        ArtifactOutput.Write(json, artifact);
                        json.FlushWhenLarge();
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                });
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
