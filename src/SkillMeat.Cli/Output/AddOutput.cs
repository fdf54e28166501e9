using SkillMeat.Additions;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of adding artifacts.</summary>
internal static class AddOutput
{
    public static void Write(CommandRun run, IReadOnlyList<AddEntry> entries)
    {
        if (run.IsJson)
        {
            run.WriteJson(entries.Select(AddJson.Of));
            return;
        }

        foreach (var entry in entries)
        {
            foreach (var warning in entry.Warnings)
            {
                run.Warn($"{entry.ArtifactId}: {warning}");
            }
        }

        run.Tables().Write(
            ["Artifact", "Status", new("Path", 2), new("Version", 1), "From / why"],
            entries.Select(e => new[] { e.ArtifactId ?? e.Spec, EnumName.Of(e.Status), e.Path ?? "", e.ResolvedVersion ?? ShortTexts.Sha(e.ResolvedSha), e.Reason ?? e.Spec }));
        var (added, unchanged) = (entries.Count(e => e.Status == AddStatus.Added), entries.Count(e => e.Status == AddStatus.Unchanged));
        var others = unchanged == 0 ? "" : $" {unchanged} {(unchanged == 1 ? "is" : "are")} there already.";
        run.Say(added == 0 ? $"Nothing was added.{others}" : $"{added} added to collection '{entries[0].Collection}'.{others}");
    }
}
