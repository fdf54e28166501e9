namespace SkillMeat.Upstream.Contents;

/// <summary>Resolves the targets of links in a repository.</summary>
internal static class LinkPath
{
    /// <summary>The number of links in a row that are followed: as many as Linux follows.</summary>
    public const int MostLinks = 40;

    /// <summary>The length of a path, as on Linux. Links that lead to themselves make longer ones.</summary>
    public const int LongestPath = 4096;

    /// <summary>Returns the path that a link leads to, or null if that is outside of the repository or longer than any path.</summary>
    /// <param name="place">The path of the link in the repository.</param>
    /// <param name="target">Its target.</param>
    public static string? Resolve(string place, string target)
    {
        if (target.Length is 0 or > LongestPath || target[0] is '/' or '\\' || (target.Length > 1 && target[1] == ':') || target.Any(char.IsControl) || target.Contains('\uFFFD', StringComparison.Ordinal)) return null;
        var parts = place.Split('/')[..^1].ToList();
        foreach (var part in target.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part.Equals(".git", StringComparison.OrdinalIgnoreCase)) return null;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        var path = string.Join('/', parts);
        return path.Length <= LongestPath ? path : null;
    }

    /// <summary>Returns the path that a link in a path leads to with the rest of the path, or null as <see cref="Resolve(string, string)"/> does.</summary>
    /// <param name="place">The path of the link in the repository.</param>
    /// <param name="target">Its target.</param>
    /// <param name="rest">The rest of the path below the link.</param>
    public static string? Resolve(string place, string target, string rest) => Resolve(place, target) is { } next && Join(next, rest) is { Length: <= LongestPath } path ? path : null;

    /// <summary>Whether a path is a folder's own or below it.</summary>
    public static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Joins a folder of the repository, which may be its root, and a path below it.</summary>
    public static string Join(string folder, string below) => folder.Length == 0 ? below : below.Length == 0 ? folder : $"{folder}/{below}";
}
