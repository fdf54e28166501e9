using System.Text.Json;
using SkillMeat.Merging;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Output;

/// <summary>How the result of an update is written as JSON.</summary>
internal static class UpdateJson
{
    public static void Write(CommandRun run, UpdateResult result) => run.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var entry in result.Entries)
        {
            Write(json, entry);
            json.FlushWhenLarge();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, UpdateEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("artifact_id", entry.ArtifactId);
        json.WriteString("status", JsonValues.NameOf(entry.Status));
        json.WriteString("change_type", JsonValues.NameOf(entry.ChangeType));
        json.WriteString("old_sha", entry.OldSha);
        json.WriteString("new_sha", entry.NewSha);
        json.WriteNumber("files_changed", entry.FilesChanged);
        json.WriteStartArray("conflicts");
        foreach (var conflict in entry.Conflicts)
        {
            Write(json, conflict);
        }

        json.WriteEndArray();
        json.WriteString("reason", entry.Reason);
        json.WriteString("collection", entry.Collection);
        json.WriteString("snapshot_id", entry.SnapshotId);
        json.WriteStartArray("files");
        foreach (var file in entry.Files)
        {
            Write(json, file);
        }

        json.WriteEndArray();
        json.WriteString("code", entry.ErrorId);
        json.WriteBoolean("dry_run", entry.DryRun);
        json.WriteTexts("warnings", entry.Warnings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FileConflict conflict)
    {
        json.WriteStartObject();
        json.WriteString("path", conflict.Path);
        json.WriteTexts("lines", conflict.Lines.Select(one => one.Local.ToString()));
        json.WriteString("kind", JsonValues.NameOf(conflict.Kind));
        json.WriteString("reason", conflict.Reason);
        json.WriteTexts("upstream_lines", conflict.Lines.Select(one => one.Upstream.ToString()));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FileUpdate file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("change", JsonValues.NameOf(file.Kind));
        if (file.Diff is { } diff)
        {
            json.WriteString("diff", diff);
        }

        json.WriteEndObject();
    }
}
