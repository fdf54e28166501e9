namespace SkillMeat.Errors;

/// <summary>An artifact is not deployed where it was asked for.</summary>
public sealed class DeploymentNotFoundException : SkillMeatException
{
    internal DeploymentNotFoundException(string message)
        : base(ErrorIds.ArtifactNotFound, message)
    {
    }
}
