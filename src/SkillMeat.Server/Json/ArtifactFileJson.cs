using SkillMeat.Artifacts;

namespace SkillMeat.Server.Json;

/// <summary>A file of an artifact. A link is listed, and not followed.</summary>
internal sealed record ArtifactFileJson(string Path, long Size, bool IsText, string? Mode, string? LinkTarget)
{
    public static ArtifactFileJson Of(ArtifactFile file) => new(file.Path, file.Size, file.IsText, file.Mode, file.LinkTarget);
}
