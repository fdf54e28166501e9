using SkillMeat.Merging;
using SkillMeat.Projects.Syncing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a sync.</summary>
internal static class SyncOutput
{
    public static void Write(CommandRun run, SyncResult result)
    {
        foreach (var warning in result.Warnings) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(result.Entries.Select(SyncJson.Of));
            return;
        }

        var news = result.Entries.Where(entry => entry.Status != SyncStatus.Unchanged).ToList();
        if (news.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "Status", new("Files", 2), new("Profile", 3), new("Project", 4), new("Why", 1)],
                news.Select(entry => new[] { entry.ArtifactId, Status(entry), $"{entry.FilesChanged}", entry.Profile, entry.Project, WhyOf(entry) }));
        }

        foreach (var entry in news)
        {
            foreach (var conflict in entry.Conflicts) run.Tables().WriteLine($"conflict: {entry.ArtifactId} {Describe(conflict)}");
            if (entry.Conflicts.Count > 0) run.Tables().WriteLine($"  'skm sync {entry.ArtifactId} --project {entry.Project} --resolve-with project|collection|FOLDER' resolves it.");
        }

        var counts = result.Entries.GroupBy(Status).Select(group => (group.Key, group.First().Status, Count: group.Count())).OrderBy(group => group.Status).Select(group => $"{group.Count} {group.Key}");
        run.Say(result.Entries.Count == 0 ? "There is nothing to do." : $"{string.Join(", ", counts)}.");
        foreach (var (collection, id) in result.Entries.Where(entry => entry.SnapshotId is not null).Select(entry => (entry.Collection, entry.SnapshotId)).Distinct())
        {
            run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {collection}' restores the collection.");
        }
    }

    /// <summary>Shows the plan before a prompt.</summary>
    public static void Show(CommandRun run, IEnumerable<SyncEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Status != SyncStatus.Unchanged))
        {
            run.Show($"{entry.ArtifactId} in '{entry.Project}': {Status(entry)}{(WhyOf(entry) is { Length: > 0 } reason ? $". {reason}" : "")}");
            foreach (var file in entry.ProjectFiles) run.Show($"  project: {EnumName.Of(file.Kind)} {file.Path}");
            foreach (var file in entry.CollectionFiles) run.Show($"  collection: {EnumName.Of(file.Kind)} {file.Path}");
            foreach (var conflict in entry.Conflicts) run.Show($"  conflict {Describe(conflict)}");
        }
    }

    private static string WhyOf(SyncEntry entry) => entry.ForkedAs is { } fork ? $"It is {fork} now." : entry.Conflicts.Count > 0 ? "" : entry.Reason ?? "";

    private static string Describe(FileConflict conflict) => conflict.Lines.Count == 0
        ? $"{conflict.Path}: {conflict.Reason}"
        : $"{conflict.Path}, {string.Join(", ", conflict.Lines.Select(one => $"{one.Local} (collection {one.Upstream})"))}: {conflict.Reason}";

    private static string Status(SyncEntry entry) => $"{(entry.DryRun && entry.ChangesArtifact() ? "would be " : "")}{EnumName.InWords(entry.Status)}";
}
