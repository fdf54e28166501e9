namespace SkillMeat.Merging.Lines;

/// <summary>A point on the way from the start of a box to its end, at which it is cut in two.</summary>
internal readonly record struct SearchSplit(int Old, int New, bool IsBeforeExact, bool IsAfterExact);
