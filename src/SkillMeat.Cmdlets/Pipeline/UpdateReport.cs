using System.Management.Automation;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Updates;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Writes the result of an update, or of its dry run.</summary>
internal static class UpdateReport
{
    public static void Write(UpdateResult result, PipelineQueue pipeline)
    {
        foreach (var entry in result.Entries)
        {
            pipeline.Write(entry);
            foreach (var warning in entry.Warnings)
            {
                pipeline.Warn($"{entry.ArtifactId} of collection '{entry.Collection}': {warning}");
            }

            if (entry.ErrorId is { } errorId)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{entry.ArtifactId}: {entry.Reason}"), entry));
            }

            if (entry.Status == UpdateStatus.Conflict)
            {
                pipeline.Warn(DescribeConflict(entry));
            }
        }

        foreach (var (name, error) in result.Unknown)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }

        foreach (var warning in result.Warnings)
        {
            pipeline.Warn(warning);
        }

        foreach (var (collection, id) in result.Entries.Where(e => e.SnapshotId is not null).Select(e => (e.Collection, e.SnapshotId)).Distinct())
        {
            pipeline.Verbose($"Snapshot {id} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {id} restores it.");
        }
    }

    private static string DescribeConflict(UpdateEntry entry) =>
        $"{entry.ArtifactId} of collection '{entry.Collection}' was not changed: {string.Join(" ", entry.Conflicts.Select(Describe))} "
        + $"Update-SkmArtifact '{WildcardPattern.Escape(entry.ArtifactId)}' -Collection '{entry.Collection}' -ResolveWith Upstream|Local|<folder> resolves it.";

    private static string Describe(FileConflict conflict) => conflict.Lines.Count == 0
        ? $"{conflict.Path}: {conflict.Reason}"
        : $"{conflict.Path}, {string.Join("; ", conflict.Lines.Select(one => $"{one.Local} (upstream {one.Upstream})"))}: {conflict.Reason}";
}
