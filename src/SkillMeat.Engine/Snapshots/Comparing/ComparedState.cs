using SkillMeat.Collections;
using SkillMeat.Objects;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>A state of a collection that is compared.</summary>
/// <param name="Tree">The tree of its folder, or null if only manifest and lock file are known.</param>
/// <param name="Manifest">The bytes of the manifest, or null if there is none.</param>
/// <param name="LockFile">The bytes of the lock file, or null if there is none.</param>
/// <param name="Files">Both as they were read, or null if they cannot be.</param>
internal sealed record ComparedState(ObjectId? Tree, byte[]? Manifest, byte[]? LockFile, (Manifest Manifest, LockFile LockFile)? Files);
