using SkillMeat.Objects.Trees;

namespace SkillMeat.Collections;

/// <summary>The path of an artifact in a manifest.</summary>
/// <param name="Id">The artifact.</param>
/// <param name="Path">The path as written in the manifest, relative to the collection.</param>
internal sealed record ArtifactPath(ArtifactId Id, string Path)
{
    /// <summary>
    /// Whether two artifacts would share files: their paths are equal, or one contains the other. Ignores case on every system, because a home may be shared
    /// between systems.
    /// </summary>
    public static bool Overlap(string one, string other) => Contains(one, other) || Contains(other, one);

    /// <summary>Whether a path is equal to a folder or within it, ignoring case.</summary>
    public static bool Contains(string folder, string path) => $"{Normalize(path)}/".StartsWith($"{Normalize(folder)}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Normalizes a path that may be written with <c>\</c> or <c>.</c>.</summary>
    public static string Normalize(string path) => TreePath.Normalize(path);

    /// <summary>Returns the folders that contain a normalized path, the nearest first.</summary>
    public static IEnumerable<string> Parents(string normal)
    {
        for (var slash = normal.LastIndexOf('/'); slash > 0; slash = normal.LastIndexOf('/', slash - 1)) yield return normal[..slash];
    }
}
