namespace SkillMeat.Objects.Trees;

/// <summary>How paths are written that lead through trees.</summary>
internal static class TreePaths
{
    /// <summary>A relative path as files of people write it, with <c>/</c> between its parts and without <c>.</c>.</summary>
    public static string Normalize(string path) => string.Join('/', path.Split('/', '\\').Where(part => part is not ("" or ".")));
}
