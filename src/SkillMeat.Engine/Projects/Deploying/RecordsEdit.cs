using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>The deployment records of a profile root, with the edits to write. Not thread-safe.</summary>
/// <param name="site">The project.</param>
/// <param name="path">The full path of the file, without links in its folder.</param>
/// <param name="before">The bytes as they were read; null if there was no file.</param>
/// <param name="file">The records.</param>
internal sealed class RecordsEdit(ProjectSite site, string path, byte[]? before, DeploymentFile file)
{
    /// <summary>The project.</summary>
    public ProjectSite Site => site;

    /// <summary>The full path of the file, without links in its folder.</summary>
    public string Path => path;

    /// <summary>The bytes as they were read; null if there was no file.</summary>
    public byte[]? Before => before;

    /// <summary>The records, to be edited.</summary>
    public DeploymentFile File => file;

    /// <summary>The records as they were read.</summary>
    public IReadOnlyList<DeploymentRecord> Original { get; } = file.All;

    /// <summary>Whether the file is to be deleted, because nothing is left in it.</summary>
    public bool IsDeleted => before is not null && file.ToBytes().Length == 0;

    /// <summary>Whether the file is to be written or deleted.</summary>
    public bool IsChanged => file.ToBytes() is var after && (before is null ? after.Length > 0 : !after.AsSpan().SequenceEqual(before));
}
