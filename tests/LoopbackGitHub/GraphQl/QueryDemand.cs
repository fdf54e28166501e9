namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The lookups that a query demands from GitHub.</summary>
/// <param name="Repositories">Repositories by name.</param>
/// <param name="Lookups">Refs, git objects and files by name, and the objects of tree entries.</param>
internal sealed record QueryDemand(long Repositories, long Lookups);
