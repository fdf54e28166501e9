namespace SkillMeat.Cache.Background;

/// <summary>The process that holds the lease.</summary>
/// <param name="Process">The id of the process.</param>
/// <param name="Machine">The name of its machine.</param>
internal sealed record LeaseHolder(int Process, string Machine);
