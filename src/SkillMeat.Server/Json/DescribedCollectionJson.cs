namespace SkillMeat.Server.Json;

/// <summary>The description of a collection, as <c>skm collection edit</c> prints it.</summary>
internal sealed record DescribedCollectionJson(string Collection, string? Description);
