using SkillMeat.Errors;

namespace SkillMeat.Objects.Maintenance;

/// <summary>The result of collecting unneeded objects.</summary>
/// <param name="LiveObjects">The number of needed objects.</param>
/// <param name="PacksDeleted">The number of deleted packs, including rewritten ones.</param>
/// <param name="PacksWritten">The number of packs that replaced rewritten ones.</param>
/// <param name="BytesFreed">The number of bytes saved. Negative if rewriting did not pay off.</param>
/// <param name="Problems">The errors of unreadable packs, which were left as they are.</param>
internal sealed record CollectReport(int LiveObjects, int PacksDeleted, int PacksWritten, long BytesFreed, IReadOnlyList<SkillMeatException> Problems);
