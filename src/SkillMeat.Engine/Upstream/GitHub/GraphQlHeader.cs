namespace SkillMeat.Upstream.GitHub;

/// <summary>The fields of a repository itself that are asked. None of them is a lookup.</summary>
/// <param name="WithRoot">Whether the entries of the default branch's root are wanted.</param>
/// <param name="WithFacts">Whether description, topics, licence and archived state are wanted.</param>
internal readonly record struct GraphQlHeader(bool WithRoot, bool WithFacts);
