using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Browsing;

/// <summary>A place in a list of files at which there seems to be an artifact.</summary>
/// <param name="Type">The type.</param>
/// <param name="Path">The path of the artifact. Empty for the root.</param>
/// <param name="ManifestPath">The path of the file that describes it.</param>
internal sealed record FoundPlace(ArtifactType Type, string Path, string ManifestPath)
{
    /// <summary>The folder of the plugin around it, which it needs if its commands use other files of that. Null if there is none.</summary>
    public string? Plugin { get; init; }

    /// <summary>The path at which an earlier version of the file, or of this program, had it: the plugin, or the folder of the file alone. Null if there is none.</summary>
    public string? OtherPath => Plugin is null ? null : Path == Plugin ? TreePath.Parent(ManifestPath) : Plugin;
}
