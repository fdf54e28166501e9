using SkillMeat.Repair;

namespace SkillMeat.Server.Json;

/// <summary>A finding in a home, as <c>skm repair</c> prints it.</summary>
internal sealed record RepairJson(string Finding, string Path, string Action, bool IsLeft, bool DryRun)
{
    public static RepairJson Of(RepairFinding finding, bool isDry) => new(finding.Finding, finding.Path, finding.Action, finding.IsLeft, isDry);
}
