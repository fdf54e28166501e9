using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Server.Json;

/// <summary>The outcome for one artifact of a project file, as <c>skm project install</c> prints it.</summary>
internal sealed record InstalledJson(string ArtifactId, string Project, string Profile, string? Path, DeployStatus Status, string? Reason, bool Added, TextValues Commands, bool DryRun)
{
    public static InstalledJson Of(DeployedArtifact one) => new(one.ArtifactId, one.Project, one.Profile, one.Path, one.Status, one.Reason, one.IsAdded, one.Commands, one.DryRun);
}
