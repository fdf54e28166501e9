namespace SkillMeat.Upstream.Contents;

/// <summary>Judges paths before anything is looked up by them: in a folder of this machine, <c>..</c> leads anywhere.</summary>
internal static class WantedPath
{
    /// <summary>The path without superfluous slashes; null when it can't be one in a repository.</summary>
    public static string? Normalize(string path)
    {
        if (path.StartsWith('/') || path.Any(c => char.IsControl(c) || c == '\\')) return null;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => part is "." or ".." || (OperatingSystem.IsWindows() && part.Contains(':', StringComparison.Ordinal))) ? null : string.Join('/', parts);
    }
}
