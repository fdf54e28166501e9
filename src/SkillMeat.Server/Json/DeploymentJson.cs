using SkillMeat.Cache.Deployments;

namespace SkillMeat.Server.Json;

/// <summary>A deployment, as <c>skm deployments</c> prints it.</summary>
internal sealed record DeploymentJson(string ArtifactId, string Project, string Profile, DeploymentState State, DateTimeOffset? DeployedAt, string? Version, string? Collection, string Path, bool IsUserScope)
{
    public static DeploymentJson Of(DeploymentStatus one) => new(one.ArtifactId, one.Project, one.Profile, one.State, one.DeployedAt, one.Version, one.Collection, one.Path, one.IsUserScope);
}
