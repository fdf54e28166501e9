namespace SkillMeat.Projects.Syncing;

/// <summary>Names a single copy of an artifact in a project.</summary>
/// <param name="Project">The path of the project's folder, or the name of a registered one; null for the user's own folders.</param>
/// <param name="ArtifactId">The artifact, as <c>type:name</c>.</param>
/// <param name="Profile">The id or an alias of the profile; null for all that have records.</param>
/// <remarks>Immutable.</remarks>
public sealed record DeployedCopy(string? Project, string ArtifactId, string? Profile = null);
