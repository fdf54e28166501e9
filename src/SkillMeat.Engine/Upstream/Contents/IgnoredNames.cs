namespace SkillMeat.Upstream.Contents;

/// <summary>What is not copied into a collection, wherever in an artifact it is: what version control, package managers and desktops leave in folders.</summary>
internal static class IgnoredNames
{
    /// <summary>Whether a file or folder of that name is left out.</summary>
    public static bool Contains(string name) =>
        // To most disks .GIT is the same.
        name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name is ".github" or ".gitignore" or "__pycache__" or "node_modules" or ".venv" or "venv" or ".DS_Store" or "Thumbs.db"
        || name.EndsWith(".pyc", StringComparison.Ordinal)
        || name.EndsWith(".pyo", StringComparison.Ordinal)
        || name.EndsWith(".egg-info", StringComparison.Ordinal);
}
