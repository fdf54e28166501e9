namespace SkillMeat.Server.Json;

/// <summary>A home, as <c>skm init</c> prints it.</summary>
internal sealed record HomeJson(string Home, string ActiveCollection);
