namespace SkillMeat.Server.Projects;

/// <summary>The orders of deployments.</summary>
internal enum DeploymentOrder
{
    Project,
    Name,
    Type,
    State,
    Date,
}
