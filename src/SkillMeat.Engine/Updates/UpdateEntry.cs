using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Merging;

namespace SkillMeat.Updates;

/// <summary>What an update did, or would do, to one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateEntry
{
    private const int MostNamed = 5;

    internal UpdateEntry(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of its type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of its collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>What became of it.</summary>
    public required UpdateStatus Status { get; init; }

    /// <summary>What upstream did.</summary>
    public ChangeType ChangeType { get; init; } = ChangeType.Unknown;

    /// <summary>The commit that it was fetched at; for a folder upstream the content hash of what was fetched.</summary>
    public string? OldSha { get; init; }

    /// <summary>The commit that it is, or would be, updated to; for a folder upstream the content hash of what is there.</summary>
    public string? NewSha { get; init; }

    /// <summary>How many files change.</summary>
    public int FilesChanged => Files.Count;

    /// <summary>The files that change, in the order of their paths.</summary>
    public IReadOnlyList<FileUpdate> Files { get; init; } = [];

    /// <summary>What a person has to choose; empty unless the status is <see cref="UpdateStatus.Conflict"/>.</summary>
    public IReadOnlyList<FileConflict> Conflicts { get; init; } = [];

    /// <summary>Why, where that is not obvious.</summary>
    public string? Reason { get; init; }

    /// <summary>Upstream's files that could not be fetched, a sentence each: submodules, files that are kept with Git LFS.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>The id of the error, for an artifact that could not be updated.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The snapshot that brings its collection back; null when nothing was changed, or none was wanted.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether nothing was done, because it was only asked what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Says in one line what an update does to the artifact, or what is in its way.</summary>
    /// <returns>Such as <c>Update: change SKILL.md; add notes.md</c>.</returns>
    public string DescribeChanges()
    {
        if (Status == UpdateStatus.Conflict) return $"Conflict: {Reason}";
        if (ChangeType == ChangeType.Deleted && IsChange) return "Remove, as upstream did";
        var what = Status == UpdateStatus.Merged ? "Merge" : "Update";
        var files = Files.Take(MostNamed).Select(file => $"{VerbOf(file.Kind)} {file.Path}").ToList();
        if (Files.Count > MostNamed) files.Add($"and {Files.Count - MostNamed} more");
        return files.Count > 0 ? $"{what}: {string.Join("; ", files)}" : Reason is null ? what : $"{what}: {Reason}";
    }

    private static string VerbOf(FileUpdateKind kind) => kind switch { FileUpdateKind.Added => "add", FileUpdateKind.Deleted => "delete", _ => "change" };

    /// <summary>Whether the artifact is, or would be, changed.</summary>
    internal bool IsChange => Status is UpdateStatus.Updated or UpdateStatus.Merged;
}
