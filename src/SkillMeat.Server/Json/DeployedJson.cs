using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Server.Json;

/// <summary>The outcome for one artifact in one project, as <c>skm deploy</c> and <c>skm undeploy</c> print it.</summary>
internal sealed record DeployedJson(string ArtifactId, string Project, string Profile, string? Path, DeployStatus Status, string? Reason, TextValues Commands, bool DryRun, TextValues Warnings)
{
    public static DeployedJson Of(DeployedArtifact one) => new(one.ArtifactId, one.Project, one.Profile, one.Path, one.Status, one.Reason, one.Commands, one.DryRun, one.Warnings);
}
