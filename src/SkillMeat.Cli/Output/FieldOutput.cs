using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the list of fields.</summary>
internal static class FieldOutput
{
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
