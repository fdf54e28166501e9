namespace SkillMeat.Merging;

/// <summary>What a merge of an artifact comes to. Applying it as it stands loses no local change, conflicts or not: whatever conflicts is planned as it is locally.</summary>
/// <param name="Files">Every file that the artifact then has, in the order of the paths; a local path that is not among them is deleted or renamed.</param>
/// <param name="Conflicts">What a person has to choose, in the order of the paths.</param>
internal sealed record MergePlan(IReadOnlyList<PlannedFile> Files, IReadOnlyList<FileConflict> Conflicts)
{
    public bool IsClean => Conflicts.Count == 0;
}
