namespace SkillMeat.Objects.Trees;

/// <summary>Helps with relative paths in trees and repositories, with <c>/</c> as the separator.</summary>
internal static class TreePath
{
    /// <summary>Normalizes a path that may be written with <c>\</c> or <c>.</c>.</summary>
    public static string Normalize(string path) => IsNormal(path) ? path : string.Join('/', path.Split('/', '\\').Where(part => part is not ("" or ".")));

    private static bool IsNormal(ReadOnlySpan<char> path)
    {
        if (path.Contains('\\')) return false;
        for (var rest = path; ;)
        {
            var slash = rest.IndexOf('/');
            var part = slash < 0 ? rest : rest[..slash];
            if (part is "" or ".") return path.IsEmpty;
            if (slash < 0) return true;
            rest = rest[(slash + 1)..];
        }
    }

    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    public static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];
}
