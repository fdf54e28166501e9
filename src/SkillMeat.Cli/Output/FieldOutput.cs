using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>How the list of fields is written.</summary>
internal static class FieldOutput
{
    public static void Write(CommandRun run)
    {
        if (!run.IsJson)
        {
            run.Tables().Write(["Field", "Where it comes from"], RefreshField.All.Select(f => new[] { f.Name, f.Meaning }));
            return;
        }

        run.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (var field in RefreshField.All)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("meaning", field.Meaning);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
