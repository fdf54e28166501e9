using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection list</c>.</summary>
internal static class CollectionListCommand
{
    public static Command Create(CommandFactory commands) => commands.Create(
        "list",
        "Lists the collections of the home.",
        [],
        (run, _) =>
        {
            var collections = run.OpenHomeToRead().List();
            if (run.IsJson)
            {
                run.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (var collection in collections)
                    {
                        Write(json, collection);
                    }

                    json.WriteEndArray();
                });
            }
            else
            {
                run.Tables().Write(
                    ["Collection", "Active", "Artifacts", "Updated (UTC)", "Problem"],
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

    private static void Write(Utf8JsonWriter json, CollectionSummary collection)
    {
        json.WriteStartObject();
        json.WriteString("name", collection.Name);
        json.WriteBoolean("is_active", collection.IsActive);
        json.WriteNumber("artifact_count", collection.ArtifactCount);
        json.WriteTime("updated", collection.Updated);
        json.WriteString("problem", collection.Problem);
        json.WriteEndObject();
    }
}
