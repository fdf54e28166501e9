using System.Management.Automation;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Writes the result of a sync, or of its dry run.</summary>
internal static class SyncReport
{
    public static void Write(SyncResult result, PipelineQueue pipeline)
    {
        foreach (var entry in result.Entries)
        {
            pipeline.Write(entry);
            if (entry.ErrorId is { } errorId) pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{TargetOf(entry)}: {entry.Reason}"), entry));
            else if (entry.Status == SyncStatus.Conflict) pipeline.Warn(DescribeConflict(entry));
        }

        foreach (var warning in result.Warnings) pipeline.Warn(warning);
        foreach (var (collection, id) in result.Entries.Where(entry => entry.SnapshotId is not null).Select(entry => (entry.Collection, entry.SnapshotId)).Distinct())
        {
            pipeline.Verbose($"Snapshot {id} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {id} restores the collection.");
        }
    }

    /// <summary>Names the copy of an entry.</summary>
    public static string TargetOf(SyncEntry entry) => $"{entry.ArtifactId} in '{entry.Project}' for {entry.Profile}";

    /// <summary>Describes the planned change of an entry on one line.</summary>
    public static string Describe(SyncEntry entry)
    {
        var verb = entry.Status switch
        {
            SyncStatus.Pushed => $"Push to collection '{entry.Collection}'",
            SyncStatus.Pulled => $"Pull from collection '{entry.Collection}'",
            SyncStatus.Merged => $"Merge with collection '{entry.Collection}'",
            SyncStatus.Forked => $"Fork as {entry.ForkedAs} of collection '{entry.Collection}'",
            _ => $"Conflict with collection '{entry.Collection}'",
        };
        var parts = Files("project", entry.ProjectFiles).Concat(Files("collection", entry.CollectionFiles)).Concat(entry.Conflicts.Select(Describe)).ToList();
        return parts.Count == 0 ? verb : $"{verb}: {string.Join("; ", parts.Select(ShortText.Cut))}";
    }

    private static IEnumerable<string> Files(string side, IReadOnlyCollection<Updates.FileUpdate> files) =>
        files.GroupBy(file => file.Kind).Select(group => $"{group.Key.ToString().ToLowerInvariant()} in the {side} {string.Join(", ", group.Select(file => file.Path))}");

    private static string DescribeConflict(SyncEntry entry)
    {
        var why = entry.Conflicts.Count == 0 ? entry.Reason : string.Join(" ", entry.Conflicts.Select(Describe));
        var place = entry.IsUserScope ? "-UserScope" : $"'{Quote(entry.Project)}'";
        var remedy = entry.Conflicts.Count == 0 ? "" : $" Sync-SkmProject {place} -Name '{Quote(WildcardPattern.Escape(entry.ArtifactId))}' -Profile {entry.Profile} -ResolveWith Project|Collection|<folder> resolves it.";
        return $"{TargetOf(entry)} was not changed: {why}{remedy}";
    }

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string Describe(FileConflict conflict) => conflict.Lines.Count == 0
        ? $"{conflict.Path}: {conflict.Reason}"
        : $"{conflict.Path}, {string.Join("; ", conflict.Lines.Select(one => $"{one.Local} (collection {one.Upstream})"))}: {conflict.Reason}";
}
