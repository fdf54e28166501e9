namespace SkillMeat.Merging;

/// <summary>Files that cannot exist beside each other.</summary>
/// <param name="Conflict">The conflict to report.</param>
/// <param name="Incoming">The files that would come from upstream. If they do not come, nothing collides.</param>
internal sealed record Collision(FileConflict Conflict, IReadOnlyList<FileDecision> Incoming);
