using SkillMeat.Collections;
using SkillMeat.Projects.Restoring;

namespace SkillMeat.Server.Json;

/// <summary>A content that was replaced in a project, as <c>skm project restore</c> prints it.</summary>
internal sealed record ReplacedCopyJson(string ArtifactId, string Project, string Path, DateTimeOffset ReplacedAt, ReplacedCopyStatus Status, string? Reason, bool DryRun, TextValues Warnings)
{
    public static ReplacedCopyJson Of(ReplacedCopy one) => new(one.ArtifactId, one.Project, one.Path, one.ReplacedAt, one.Status, one.Reason, one.DryRun, one.Warnings);
}
