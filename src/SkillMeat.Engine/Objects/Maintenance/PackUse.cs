using SkillMeat.Objects.Packs;

namespace SkillMeat.Objects.Maintenance;

/// <summary>What is needed of a pack.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Needed">The objects for which it must stay, or be rewritten.</param>
internal sealed record PackUse(PackFile Pack, IReadOnlyList<PackedObject> Needed);
