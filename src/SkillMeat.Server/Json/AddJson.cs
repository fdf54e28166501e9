using SkillMeat.Additions;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>The result of adding one artifact, as <c>skm add</c> prints it.</summary>
internal sealed record AddJson(
    string Spec, string? ArtifactId, string Collection, AddStatus Status, string? Path, string? ResolvedSha, string? ResolvedVersion, TextValues Warnings, string? Reason, string? Code)
{
    public static AddJson Of(AddEntry entry) => new(
        entry.Spec, entry.ArtifactId, entry.Collection, entry.Status, entry.Path, entry.ResolvedSha, entry.ResolvedVersion, entry.Warnings, entry.Reason, entry.ErrorId);
}
