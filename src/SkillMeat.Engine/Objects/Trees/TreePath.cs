namespace SkillMeat.Objects.Trees;

/// <summary>Relative paths in trees and repositories, with <c>/</c> between the parts.</summary>
internal static class TreePath
{
    /// <summary>Returns a path that a person may have written with <c>\</c> or <c>.</c> in the one form that trees use.</summary>
    public static string Normalize(string path) => string.Join('/', path.Split('/', '\\').Where(part => part is not ("" or ".")));

    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    public static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];
}
