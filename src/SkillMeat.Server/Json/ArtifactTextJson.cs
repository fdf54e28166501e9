using SkillMeat.Artifacts;

namespace SkillMeat.Server.Json;

/// <summary>The content of a file. The text is null if the file is not text.</summary>
internal sealed record ArtifactTextJson(string Path, string? Text, bool IsText, long Size, bool Truncated)
{
    public static ArtifactTextJson Of(ArtifactText file) => new(file.Path, file.Text, file.Text is not null, file.Size, file.IsTruncated);
}
