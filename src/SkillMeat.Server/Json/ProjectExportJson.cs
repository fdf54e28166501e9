using SkillMeat.Collections;
using SkillMeat.Projects.Desired;

namespace SkillMeat.Server.Json;

/// <summary>The outcome of writing a project file, as <c>skm project export</c> prints it.</summary>
internal sealed record ProjectExportJson(string Project, string Path, bool Changed, TextValues Artifacts, TextValues Added, TextValues Updated, TextValues Removed, TextValues Warnings, bool DryRun)
{
    public static ProjectExportJson Of(ProjectExport export) =>
        new(export.Project, export.Path, export.IsChanged, export.Artifacts, export.Added, export.Changed, export.Removed, export.Warnings, export.DryRun);
}
