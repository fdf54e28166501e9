using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Syncing;

/// <summary>An artifact of a collection during the planning of a sync. Several copies of it can change it. Not thread-safe.</summary>
/// <param name="artifact">The artifact.</param>
/// <param name="path">The path of its files in the collection.</param>
/// <param name="before">The stored content, or null if its files are gone.</param>
internal sealed class SyncedArtifact(Artifact artifact, string path, TreeEntry? before)
{
    public Artifact Artifact => artifact;

    public string Path => path;

    /// <summary>The content as it is.</summary>
    public TreeEntry? Before { get; } = before;

    /// <summary>The content as planned so far.</summary>
    public TreeEntry? Current { get; private set; } = before;

    /// <summary>The planned content with the permissions of the collection.</summary>
    public TreeEntry? After { get; set; }

    /// <summary>The copy whose content was taken as it is, or null.</summary>
    public string? TakenFrom { get; private set; }

    public bool IsChanged { get; private set; }

    /// <summary>Plans another content.</summary>
    /// <param name="content">The stored content.</param>
    /// <param name="takenFrom">The copy whose content it is, if what other copies brought is not in it.</param>
    public void Change(TreeEntry content, string? takenFrom = null)
    {
        Current = content;
        TakenFrom = takenFrom ?? TakenFrom;
        IsChanged = true;
    }
}
