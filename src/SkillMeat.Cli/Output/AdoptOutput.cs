using SkillMeat.Projects.Adoption;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of an adoption.</summary>
internal static class AdoptOutput
{
    public static void Write(CommandRun run, AdoptResult result)
    {
        foreach (var warning in result.Warnings) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(result.Artifacts.Select(AdoptJson.Of));
            return;
        }

        if (result.Artifacts.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "Status", new("Origin", 2), new("Version", 4), new("Path", 3), new("Why", 1)],
                result.Artifacts.Select(one => new[] { one.ArtifactId, Status(one), one.Upstream ?? one.Origin, one.Version ?? "", one.Path, one.Reason ?? "" }));
        }

        var counts = result.Artifacts.GroupBy(Status).Select(group => (group.Key, group.First().Status, Count: group.Count())).OrderBy(group => group.Status).Select(group => $"{group.Count} {group.Key}");
        run.Say(result.Artifacts.Count == 0 ? "There is nothing to adopt." : $"{string.Join(", ", counts)}.");
    }

    /// <summary>Shows the plan before a prompt.</summary>
    public static void Show(CommandRun run, AdoptResult result)
    {
        foreach (var one in result.Artifacts) run.Show($"{one.ArtifactId} at '{one.Path}': {Status(one)}, from {one.Upstream ?? one.Origin}{(one.Reason is { } reason ? $". {reason}" : "")}");
    }

    private static string Status(AdoptedArtifact one) => $"{(one.DryRun && one.IsChange ? "would be " : "")}{EnumName.InWords(one.Status)}";
}
