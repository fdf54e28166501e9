using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the outcomes of commands on project files.</summary>
internal static class ProjectFileOutput
{
    public static void Write(CommandRun run, IReadOnlyList<DeployedArtifact> outcomes)
    {
        if (run.IsJson)
        {
            run.WriteJson(outcomes.Select(InstalledJson.Of));
            return;
        }

        foreach (var one in outcomes.Where(one => one.IsAdded)) run.Say($"{one.ArtifactId} {(one.DryRun ? "would be added" : "was added")} to the collection.");
        DeployOutput.Write(run, outcomes);
    }

    public static void Write(CommandRun run, ProjectExport export)
    {
        foreach (var warning in export.Warnings) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(ProjectExportJson.Of(export));
            return;
        }

        foreach (var added in export.Added) run.Say($"+ {added}");
        foreach (var changed in export.Changed) run.Say($"~ {changed}");
        foreach (var removed in export.Removed) run.Say($"- {removed}");
        var verb = !export.IsChanged ? "is up to date" : export.DryRun ? "would be written" : "was written";
        run.Say($"'{export.Path}' {verb}: {export.Artifacts.Count} artifact{(export.Artifacts.Count == 1 ? "" : "s")}.");
    }
}
