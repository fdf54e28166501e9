using SkillMeat.Collections;

namespace SkillMeat.Objects.Trees;

/// <summary>Paths in a repository: parts with <c>/</c> between.</summary>
internal static class TreePath
{
    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    public static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>What an artifact at a path is called as long as its front matter says nothing else: a folder's name, or a file's without its ending.</summary>
    public static string NameAt(string path, ArtifactType type) =>
        type.IsFolder ? LastPart(path) : Path.GetFileNameWithoutExtension(LastPart(path));
}
