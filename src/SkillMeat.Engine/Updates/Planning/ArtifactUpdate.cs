using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>What is to be done with one artifact. One of which only the entry is there stays as it is.</summary>
/// <param name="Entry">What people are told.</param>
internal sealed record ArtifactUpdate(UpdateEntry Entry)
{
    /// <summary>Where its files lie, relative to the collection.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its stored content as it is; null when there are no files.</summary>
    public TreeEntry? Before { get; init; }

    /// <summary>Its stored content as it shall be; null when it shall be gone.</summary>
    public TreeEntry? After { get; init; }

    /// <summary>What the manifest shall say.</summary>
    public ArtifactVersion? Version { get; init; }

    /// <summary>What the lock file shall say.</summary>
    public LockEntry? LockEntry { get; init; }

    /// <summary>What the next merge starts from.</summary>
    public MergeBase? Baseline { get; init; }

    /// <summary>Whether the artifact is taken out of the collection.</summary>
    public bool IsRemoval { get; init; }
}
