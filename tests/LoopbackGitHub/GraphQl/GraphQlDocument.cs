namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A parsed request text.</summary>
internal sealed record GraphQlDocument(IReadOnlyList<GraphQlOperation> Operations, IReadOnlyDictionary<string, GraphQlFragment> Fragments);
