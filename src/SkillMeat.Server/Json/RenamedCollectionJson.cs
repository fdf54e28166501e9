using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Server.Json;

/// <summary>A collection that was renamed, as <c>skm collection rename</c> prints it.</summary>
internal sealed record RenamedCollectionJson(string Collection, string PreviousName, string Folder, bool IsActive, int Snapshots, int Deployments, TextValues Projects, TextValues Warnings, bool DryRun)
{
    public static RenamedCollectionJson Of(RenamedCollection one) =>
        new(one.Collection, one.PreviousName, one.Folder, one.IsActive, one.Snapshots, one.Deployments, one.Projects, one.Warnings, one.DryRun);
}
