namespace SkillMeat.Projects.Registry;

/// <summary>A project that the home knows.</summary>
/// <param name="Path">The full path of its folder.</param>
/// <param name="Name">The name, by default that of the folder.</param>
/// <param name="RegisteredAt">The time of its registration, or null if it cannot be read.</param>
internal sealed record RegisteredProject(string Path, string Name, DateTimeOffset? RegisteredAt);
