namespace SkillMeat.Objects.Trees;

/// <summary>An entry to write.</summary>
/// <param name="Path">The path relative to the new folder, with <c>/</c>.</param>
/// <param name="Entry">The entry.</param>
internal sealed record PlannedEntry(string Path, TreeEntry Entry);
