using SkillMeat.Checks;

namespace SkillMeat.Server.Json;

/// <summary>A copy in a project, as <c>skm collection refresh --check-only --project</c> prints it.</summary>
internal sealed record CheckedCopyJson(string Project, string Profile, string Path, UpdateRisk Drift, string? Reason)
{
    public static CheckedCopyJson Of(CheckedCopy copy) => new(copy.Project, copy.Profile, copy.Path, copy.Drift, copy.Reason);
}
