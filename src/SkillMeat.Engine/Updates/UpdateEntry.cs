using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Merging;

namespace SkillMeat.Updates;

/// <summary>The result of an update for one artifact.</summary>
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

    /// <summary>The artifact's name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of its type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The outcome.</summary>
    public required UpdateStatus Status { get; init; }

    /// <summary>The kind of upstream change.</summary>
    public ChangeType ChangeType { get; init; } = ChangeType.Unknown;

    /// <summary>The commit at which the artifact was fetched; for a folder upstream, the content hash of the fetched files.</summary>
    public string? OldSha { get; init; }

    /// <summary>The commit that the artifact is updated to; for a folder upstream, the content hash of its files.</summary>
    public string? NewSha { get; init; }

    /// <summary>The number of files that change.</summary>
    public int FilesChanged => Files.Count;

    /// <summary>The files that change, in the order of their paths.</summary>
    public ItemList<FileUpdate> Files { get; init; } = [];

    /// <summary>The choices that a person has to make; empty unless the status is <see cref="UpdateStatus.Conflict"/>.</summary>
    public ItemList<FileConflict> Conflicts { get; init; } = [];

    /// <summary>The reason, if the outcome needs one.</summary>
    public string? Reason { get; init; }

    /// <summary>The oddities of upstream's files, a sentence or two each: files that could not be fetched, front matter that strict YAML refuses.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>The id of the error; null if there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The id of the snapshot that was taken before the update; null if nothing was changed or no snapshot was wanted.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this is the entry of a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>Describes the planned changes, or the conflict, in one line.</summary>
    /// <returns>Such as <c>Update: change SKILL.md; add notes.md</c>.</returns>
    public string DescribeChanges()
    {
        if (Status == UpdateStatus.Conflict) return $"Conflict: {Reason}";
        if (Status == UpdateStatus.Removed) return "Remove, as upstream did";
        var what = Status == UpdateStatus.Merged ? "Merge" : "Update";
        var files = Files.Take(MostNamed).Select(file => $"{VerbOf(file.Kind)} {file.Path}").ToList();
        if (Files.Count > MostNamed) files.Add($"and {Files.Count - MostNamed} more");
        return files.Count > 0 ? $"{what}: {string.Join("; ", files)}" : Reason is null ? what : $"{what}: {Reason}";
    }

    private static string VerbOf(FileUpdateKind kind) => kind switch { FileUpdateKind.Added => "add", FileUpdateKind.Deleted => "delete", _ => "change" };

    /// <summary>Whether the artifact was changed or removed, or would be in a dry run.</summary>
    /// <returns>True for <see cref="UpdateStatus.Updated"/>, <see cref="UpdateStatus.Merged"/> and <see cref="UpdateStatus.Removed"/>.</returns>
    public bool ChangesArtifact() => IsChange;

    internal bool IsChange => Status is UpdateStatus.Updated or UpdateStatus.Merged or UpdateStatus.Removed;
}
