using System.Text.Json;
using SkillMeat.Additions;

namespace SkillMeat.Cli.Output;

/// <summary>How it is written what became of artifacts that were to be added.</summary>
internal static class AddOutput
{
    public static void Write(CommandRun run, IReadOnlyList<AddEntry> entries)
    {
        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var entry in entries)
                {
                    Write(json, entry);
                    json.FlushWhenLarge();
                }

                json.WriteEndArray();
            });
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
            ["Artifact", "Status", "Path", "Version", "From / why"],
            entries.Select(e => new[] { e.ArtifactId ?? e.Spec, JsonValues.NameOf(e.Status), e.Path ?? "", e.ResolvedVersion ?? ShortTexts.Sha(e.ResolvedSha), e.Reason ?? e.Spec }));
        var added = entries.Count(e => e.Status == AddStatus.Added);
        run.Say(added == 0 ? "Nothing was added." : $"{added} added to collection '{entries[0].Collection}'.");
    }

    private static void Write(Utf8JsonWriter json, AddEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("spec", entry.Spec);
        json.WriteString("artifact_id", entry.ArtifactId);
        json.WriteString("collection", entry.Collection);
        json.WriteString("status", JsonValues.NameOf(entry.Status));
        json.WriteString("path", entry.Path);
        json.WriteString("resolved_sha", entry.ResolvedSha);
        json.WriteString("resolved_version", entry.ResolvedVersion);
        json.WriteTexts("warnings", entry.Warnings);
        json.WriteString("reason", entry.Reason);
        json.WriteString("code", entry.ErrorId);
        json.WriteEndObject();
    }
}
