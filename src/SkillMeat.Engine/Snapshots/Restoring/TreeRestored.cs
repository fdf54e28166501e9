using SkillMeat.Collections;
using SkillMeat.Objects.Folders;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>A restore of a tree that is committed, but not verified yet.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Taken">The snapshot of the state before; null if there was none.</param>
/// <param name="Changes">The changes; null if nothing had to change.</param>
/// <param name="ChangedArtifacts">The artifacts that differ.</param>
/// <param name="ArtifactCount">The number of artifacts in the restored manifest, or 0 if it cannot be read.</param>
internal sealed record TreeRestored(Transaction Transaction, TakenSnapshot? Taken, IReadOnlyList<FolderChange>? Changes, TextValues ChangedArtifacts, int ArtifactCount);
