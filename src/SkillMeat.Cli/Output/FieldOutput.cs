using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the list of fields.</summary>
internal static class FieldOutput
{
    /// <summary>Writes the fields that were chosen; nothing if all are refreshed.</summary>
    public static void WriteChosen(CommandRun run, RefreshRequest request)
    {
        if (request.NameChangedFields)
        {
            run.Say($"Fields: {string.Join(", ", request.Fields)}.");
        }
    }

    /// <summary>Writes the list of all fields.</summary>
    public static void Write(CommandRun run)
    {
        if (run.IsJson)
        {
            run.WriteJson(RefreshField.All);
        }
        else
        {
            run.Tables().Write(["Field", "Source"], RefreshField.All.Select(f => new[] { f.Name, f.Meaning }));
        }
    }
}
