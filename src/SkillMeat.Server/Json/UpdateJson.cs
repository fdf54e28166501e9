using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Updates;

namespace SkillMeat.Server.Json;

/// <summary>The result of an update for one artifact, as <c>skm update</c> prints it.</summary>
internal sealed record UpdateJson(
    string ArtifactId,
    UpdateStatus Status,
    ChangeType ChangeType,
    string? OldSha,
    string? NewSha,
    int FilesChanged,
    IEnumerable<FileConflictJson> Conflicts,
    string? Reason,
    string Collection,
    string? SnapshotId,
    IEnumerable<FileUpdateJson> Files,
    string? Code,
    bool DryRun,
    TextValues Warnings)
{
    public static UpdateJson Of(UpdateEntry entry) => new(
        entry.ArtifactId, entry.Status, entry.ChangeType, entry.OldSha, entry.NewSha, entry.FilesChanged, entry.Conflicts.Select(FileConflictJson.Of), entry.Reason,
        entry.Collection, entry.SnapshotId, entry.Files.Select(FileUpdateJson.Of), entry.ErrorId, entry.DryRun, entry.Warnings);
}
