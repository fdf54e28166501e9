using SkillMeat.Objects.Packs;

namespace SkillMeat.Objects.Maintenance;

/// <summary>The needed objects of a pack.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Needed">The objects for which it must be kept or rewritten.</param>
internal sealed record PackUse(PackFile Pack, IReadOnlyList<PackedObject> Needed);
