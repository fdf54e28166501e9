namespace SkillMeat.Upstream.Contents;

/// <summary>
/// The names that are not copied into a collection anywhere in an artifact: files of version control, package managers and desktops.
/// </summary>
internal static class IgnoredNames
{
    /// <summary>Whether a file or folder of this name is left out.</summary>
    public static bool Contains(string name) =>
        // Most file systems ignore case.
        name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name is ".github" or ".gitignore" or "__pycache__" or "node_modules" or ".venv" or "venv" or ".DS_Store" or "Thumbs.db"
        || name.EndsWith(".pyc", StringComparison.Ordinal)
        || name.EndsWith(".pyo", StringComparison.Ordinal)
        || name.EndsWith(".egg-info", StringComparison.Ordinal);
}
