namespace SkillMeat.Objects.Trees;

/// <summary>Something that is to be written out.</summary>
/// <param name="Path">Its path below the new folder, with <c>/</c>.</param>
/// <param name="Entry">What it is.</param>
internal sealed record PlannedEntry(string Path, TreeEntry Entry);
