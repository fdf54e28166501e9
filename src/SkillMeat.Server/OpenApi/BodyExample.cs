namespace SkillMeat.Server.OpenApi;

/// <summary>An example of a body, in JSON.</summary>
internal sealed record BodyExample(string Json);
