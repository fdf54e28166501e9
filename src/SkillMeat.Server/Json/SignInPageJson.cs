namespace SkillMeat.Server.Json;

/// <summary>A page that signs a browser in.</summary>
/// <param name="Path">The path of the file, on the machine of the service. The file is removed after use.</param>
internal sealed record SignInPageJson(string Path);
