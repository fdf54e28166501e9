using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>How the list of fields is written.</summary>
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
            run.Tables().Write(["Field", "Where it comes from"], RefreshField.All.Select(f => new[] { f.Name, f.Meaning }));
        }
    }
}
