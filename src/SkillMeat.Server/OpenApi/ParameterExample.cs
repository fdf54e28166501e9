namespace SkillMeat.Server.OpenApi;

/// <summary>An example of a value in the address.</summary>
internal sealed record ParameterExample(string Name, string Example, string? Description);
