namespace SkillMeat.Merging;

/// <summary>Files that can't be beside each other.</summary>
/// <param name="Conflict">What to tell.</param>
/// <param name="Incoming">The files that upstream wants there; left as they are locally, they no longer collide.</param>
internal sealed record Collision(FileConflict Conflict, IReadOnlyList<FileDecision> Incoming);
