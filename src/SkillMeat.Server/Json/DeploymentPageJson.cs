namespace SkillMeat.Server.Json;

/// <summary>A page of deployments, with the numbers of all that fit the other filters: by state, and of those whose artifact has an update upstream; and the projects that cannot be read, by their paths.</summary>
internal sealed record DeploymentPageJson(
    IReadOnlyList<DeploymentJson> Items, int Total, string? NextCursor, IReadOnlyDictionary<string, int> Counts, int UpdatesUpstream, IReadOnlyDictionary<string, string> Problems);
