namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The artifacts, projects and profiles that the parameters and one object of the pipeline name.</summary>
/// <param name="Artifacts">The artifacts.</param>
/// <param name="Projects">The projects, by path, name or pattern.</param>
/// <param name="UserScope">Whether the user's own folders are meant.</param>
/// <param name="Profiles">The profiles; empty for the default.</param>
internal sealed record DeploySelection(ArtifactTarget Artifacts, IReadOnlyList<string> Projects, bool UserScope, IReadOnlyList<string> Profiles);
