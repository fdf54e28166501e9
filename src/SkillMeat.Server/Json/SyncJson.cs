using SkillMeat.Projects.Syncing;

namespace SkillMeat.Server.Json;

/// <summary>The outcome for one artifact in one project, as <c>skm sync</c> prints it.</summary>
internal sealed record SyncJson(
    string ArtifactId,
    string Project,
    string Profile,
    SyncStatus Status,
    int FilesChanged,
    IEnumerable<SyncConflictJson> Conflicts,
    string? Reason,
    string Path,
    string Collection,
    string? ForkedAs,
    string? SnapshotId,
    IEnumerable<FileUpdateJson> ProjectFiles,
    IEnumerable<FileUpdateJson> CollectionFiles,
    string? Code,
    bool DryRun,
    bool IsUserScope)
{
    public static SyncJson Of(SyncEntry entry) => new(
        entry.ArtifactId, entry.Project, entry.Profile, entry.Status, entry.FilesChanged, entry.Conflicts.Select(SyncConflictJson.Of), entry.Reason, entry.Path, entry.Collection,
        entry.ForkedAs, entry.SnapshotId, entry.ProjectFiles.Select(FileUpdateJson.Of), entry.CollectionFiles.Select(FileUpdateJson.Of), entry.ErrorId, entry.DryRun, entry.IsUserScope);
}
