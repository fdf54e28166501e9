using SkillMeat.Collections;

namespace SkillMeat.Browsing;

/// <summary>A path at which a plugin has artifacts.</summary>
/// <param name="Type">The type of the artifacts.</param>
/// <param name="Path">The path of a file, or of a folder that contains some. Empty for the root of the repository.</param>
/// <param name="Plugin">The folder of the plugin, or of the part of it that the artifact needs. Empty for the root of the repository.</param>
internal sealed record NamedPath(ArtifactType Type, string Path, string Plugin)
{
    /// <summary>Whether the file of the plugin itself names it, so that it is found in a copy of the plugin.</summary>
    public bool IsNamedInPlugin { get; init; }
}
