using SkillMeat.Collections;
using SkillMeat.Objects.Folders;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>A restore of a tree that is committed, but not verified yet.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Taken">The snapshot of the state before; null if there was none.</param>
/// <param name="Changes">The changes; null if nothing had to change.</param>
/// <param name="ChangedArtifacts">The artifacts that differ.</param>
internal sealed record TreeRestored(Transaction Transaction, TakenSnapshot? Taken, IReadOnlyList<FolderChange>? Changes, TextValues ChangedArtifacts);
