using SkillMeat.Server.Json;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of an update.</summary>
internal static class UpdateOutput
{
    public static void Write(CommandRun run, UpdateResult result)
    {
        foreach (var warning in result.Warnings)
        {
            run.Warn(warning);
        }

        foreach (var entry in result.Entries)
        {
            foreach (var warning in entry.Warnings)
            {
                run.Warn($"{entry.ArtifactId}: {warning}");
            }
        }

        if (run.IsJson)
        {
            run.WriteJson(result.Entries.Select(UpdateJson.Of));
            return;
        }

        var news = result.Entries.Where(e => e.Status != UpdateStatus.Unchanged).ToList();
        if (news.Count > 0)
        {
            run.Tables().Write([new("Collection", 4), "Artifact", "Status", new("Files", 1), new("From", 3), new("To", 2), "Why"], news.Select(e => new[]
            {
                e.Collection, e.ArtifactId, Status(e), $"{e.FilesChanged}", ShortTexts.Sha(e.OldSha), ShortTexts.Sha(e.NewSha), e.Status == UpdateStatus.Conflict ? "" : e.Reason ?? "",
            }));
        }

        foreach (var entry in news)
        {
            WriteDiffs(run, entry);
            foreach (var line in ConflictLines(entry))
            {
                run.Tables().WriteLine(line);
            }
        }

        Summarize(run, result);
    }

    /// <summary>Shows the plan before a prompt.</summary>
    public static void Show(CommandRun run, IReadOnlyList<UpdateEntry> entries)
    {
        foreach (var entry in entries.Where(e => e.Status != UpdateStatus.Unchanged))
        {
            run.Show($"{entry.ArtifactId} of '{entry.Collection}': {Status(entry)}{(entry.Reason is { } reason ? $". {reason}" : "")}");
            foreach (var file in entry.Files)
            {
                run.Show($"  {EnumName.Of(file.Kind)} {file.Path}");
            }

            foreach (var conflict in entry.Conflicts)
            {
                run.Show($"  conflict {conflict}");
            }
        }
    }

    private static void WriteDiffs(CommandRun run, UpdateEntry entry)
    {
        if (!entry.DryRun || entry.Files.Count == 0)
        {
            return;
        }

        run.Tables().WriteLine($"{entry.ArtifactId} of '{entry.Collection}':");
        foreach (var file in entry.Files)
        {
            run.Tables().WriteText(file.Diff ?? $"{file.Path}: {EnumName.Of(file.Kind)}, without a diff\n");
        }
    }

    private static IEnumerable<string> ConflictLines(UpdateEntry entry)
    {
        if (entry.Conflicts.Count == 0)
        {
            yield break;
        }

        foreach (var conflict in entry.Conflicts)
        {
            yield return $"conflict: {entry.ArtifactId} {conflict}";
        }

        yield return $"  'skm update {entry.ArtifactId} --collection {entry.Collection} --resolve-with upstream|local|FOLDER' resolves it.";
    }

    private static string Status(UpdateEntry entry) =>
        $"{(entry.DryRun && entry.ChangesArtifact() ? "would be " : "")}{EnumName.InWords(entry.Status)}";

    private static void Summarize(CommandRun run, UpdateResult result)
    {
        var counts = result.Entries.GroupBy(Status).Select(group => (group.Key, group.First().Status, Count: group.Count())).OrderBy(group => group.Status)
            .Select(group => $"{group.Count} {group.Key}");
        run.Say($"{(result.Entries.Count == 0 ? "No artifacts" : string.Join(", ", counts))} in {result.Duration.TotalMilliseconds:0} ms.");
        foreach (var (collection, id) in result.Entries.Where(e => e.SnapshotId is not null).Select(e => (e.Collection, e.SnapshotId)).Distinct())
        {
            run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {collection}' restores it.");
        }
    }
}
