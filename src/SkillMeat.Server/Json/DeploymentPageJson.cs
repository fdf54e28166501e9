namespace SkillMeat.Server.Json;

/// <summary>A page of deployments, with the number of all that fit the other filters by state, and the projects that cannot be read, by their paths.</summary>
internal sealed record DeploymentPageJson(IReadOnlyList<DeploymentJson> Items, int Total, string? NextCursor, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, string> Problems);
