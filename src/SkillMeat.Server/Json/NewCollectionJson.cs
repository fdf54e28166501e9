namespace SkillMeat.Server.Json;

/// <summary>A collection that was just created, as <c>skm collection create</c> prints it.</summary>
internal sealed record NewCollectionJson(string Name, string Folder, DateTimeOffset? Created);
