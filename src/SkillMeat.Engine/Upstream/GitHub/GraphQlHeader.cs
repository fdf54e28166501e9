namespace SkillMeat.Upstream.GitHub;

/// <summary>The fields of a repository itself to query. They do not count as lookups.</summary>
/// <param name="WithRoot">Whether to query the entries of the default branch's root.</param>
/// <param name="WithFacts">Whether to query description, topics, licence and archived state.</param>
internal readonly record struct GraphQlHeader(bool WithRoot, bool WithFacts);
