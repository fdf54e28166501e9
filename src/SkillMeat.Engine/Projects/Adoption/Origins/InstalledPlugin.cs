namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>A plugin that Claude Code has installed.</summary>
/// <param name="Name">The name of the plugin.</param>
/// <param name="Marketplace">The name of its marketplace; empty if the record does not name one.</param>
/// <param name="Folder">The full path of its folder.</param>
/// <param name="Version">The version, or null if it is not known.</param>
/// <param name="Commit">The commit from which it was installed, or null.</param>
internal sealed record InstalledPlugin(string Name, string Marketplace, string Folder, string? Version, string? Commit);
