using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background;

/// <summary>The answer to an attempt to take or renew the lease.</summary>
/// <param name="IsHeld">Whether this service holds the lease.</param>
/// <param name="Other">The process that holds it, or null.</param>
/// <param name="Trouble">The reason that the cache cannot be used.</param>
internal sealed record LeaseAnswer(bool IsHeld, LeaseHolder? Other, CacheTrouble Trouble);
