using SkillMeat.Cmdlets.Errors;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Describes and writes the outcomes of a deployment.</summary>
internal static class DeployReport
{
    public static void Write(IReadOnlyList<DeployedArtifact> outcomes, PipelineQueue pipeline)
    {
        foreach (var one in outcomes)
        {
            pipeline.Write(one);
            foreach (var warning in one.Warnings) pipeline.Warn(warning);
            if (one.Status == DeployStatus.Conflict) pipeline.Warn($"{one.ArtifactId} in '{one.Project}' was not changed: {one.Reason}");
            else if (one.Status == DeployStatus.Error) pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.InvalidData, $"{one.ArtifactId} in '{one.Project}': {one.Reason}"), one));
        }
    }

    /// <summary>Whether a project changes.</summary>
    public static bool IsChange(DeployedArtifact one) => one.Status is DeployStatus.Deployed or DeployStatus.Updated or DeployStatus.Removed;

    /// <summary>Describes the changes of one artifact on one line.</summary>
    public static string Describe(IReadOnlyList<DeployedArtifact> changes)
    {
        var places = changes.Select(one => one.Project).Distinct(StringComparer.Ordinal).ToList();
        var place = places is [var only] ? $"'{ShortText.Cut(only)}'" : $"{places.Count} projects";
        var profiles = string.Join(", ", changes.Select(one => one.Profile).Distinct(StringComparer.Ordinal));
        var commands = changes.SelectMany(one => one.Commands).Distinct(StringComparer.Ordinal).ToList();
        var verb = changes[0].Status switch { DeployStatus.Removed => "Remove from", _ when changes.All(one => one.Status == DeployStatus.Updated) => "Update in", _ => "Deploy to" };
        return $"{verb} {place} for {ShortText.Cut(profiles)}{(commands.Count == 0 ? "" : $", and let it run {string.Join("; ", commands.Select(command => $"'{ShortText.Cut(command)}'"))}")}";
    }
}
