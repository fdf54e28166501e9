using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>The planned update of one artifact. With nothing but an entry, the artifact stays as it is.</summary>
/// <param name="Entry">The entry to report.</param>
internal sealed record ArtifactUpdate(UpdateEntry Entry)
{
    /// <summary>The path of its files, relative to the collection.</summary>
    public string Path { get; init; } = "";

    /// <summary>The stored content as it is; null if there are no files.</summary>
    public TreeEntry? Before { get; init; }

    /// <summary>The stored content after the update; null if it is removed.</summary>
    public TreeEntry? After { get; init; }

    /// <summary>The version for the manifest.</summary>
    public ArtifactVersion? Version { get; init; }

    /// <summary>The metadata for the manifest; null if it stays.</summary>
    public MetadataUpdate? Metadata { get; init; }

    /// <summary>The entry for the lock file.</summary>
    public LockEntry? LockEntry { get; init; }

    /// <summary>The base of the next merge.</summary>
    public MergeBase? Base { get; init; }

    /// <summary>Whether the artifact is taken out of the collection.</summary>
    public bool IsRemoval { get; init; }
}
