using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Server.Json;

/// <summary>A collection that was deleted, as <c>skm collection delete</c> prints it.</summary>
internal sealed record DeletedCollectionJson(
    string Collection, string Folder, int ArtifactCount, string? SnapshotId, string ActiveCollection, int Deployments, TextValues LinkedDeployments, TextValues Projects, TextValues Warnings, bool DryRun)
{
    public static DeletedCollectionJson Of(DeletedCollection one) =>
        new(one.Collection, one.Folder, one.ArtifactCount, one.SnapshotId, one.ActiveCollection, one.Deployments, one.LinkedDeployments, one.Projects, one.Warnings, one.DryRun);
}
