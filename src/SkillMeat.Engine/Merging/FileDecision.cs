namespace SkillMeat.Merging;

/// <summary>What a merge does with one file.</summary>
/// <param name="Track">The file.</param>
/// <param name="Result">What it becomes; null when it is not there afterwards.</param>
/// <param name="Conflict">Why it is left as it is locally; null when nothing speaks against the result.</param>
internal sealed record FileDecision(FileTrack Track, PlannedFile? Result, FileConflict? Conflict = null);
