using SkillMeat.Errors;

namespace SkillMeat.Objects.Maintenance;

/// <summary>What a collection of unneeded objects did.</summary>
/// <param name="LiveObjects">How many objects are needed.</param>
/// <param name="PacksDeleted">How many packs are gone, those that were rewritten among them.</param>
/// <param name="PacksWritten">How many packs took over what was needed of those.</param>
/// <param name="BytesFreed">By how much the packs take less; below zero never, but for a rewriting that did not pay.</param>
/// <param name="Problems">Why packs were left alone that can't be read.</param>
internal sealed record CollectReport(int LiveObjects, int PacksDeleted, int PacksWritten, long BytesFreed, IReadOnlyList<SkillMeatException> Problems);
