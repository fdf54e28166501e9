using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>What a verification of a snapshot found. Everything that a restore would need was read and compared with its checksum.</summary>
/// <param name="Id">The snapshot.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="ObjectCount">How many files and folders were read, each distinct one once.</param>
/// <param name="SizeBytes">How long the files are together, in bytes.</param>
/// <param name="Problems">What is wrong, a line each; empty when it can be restored.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotCheck(string Id, string Collection, int ObjectCount, long SizeBytes, TextValues Problems)
{
    /// <summary>Whether it can be restored.</summary>
    public bool IsSound => Problems.Count == 0;
}
