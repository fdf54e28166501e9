namespace SkillMeat.Upstream.Contents;

/// <summary>Validates paths before they are used: in a local folder, <c>..</c> could lead anywhere.</summary>
internal static class WantedPath
{
    /// <summary>Returns the path without redundant slashes, or null if it is not a valid path in a repository.</summary>
    public static string? Normalize(string path)
    {
        if (path.StartsWith('/') || path.Any(c => char.IsControl(c) || c == '\\')) return null;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => part is "." or ".." || (OperatingSystem.IsWindows() && part.Contains(':', StringComparison.Ordinal))) ? null : string.Join('/', parts);
    }
}
