namespace SkillMeat.Server.Json;

/// <summary>The collection that is now the active one, as <c>skm collection use</c> prints it.</summary>
internal sealed record ActiveCollectionJson(string ActiveCollection);
