namespace SkillMeat.Upstream.Contents;

/// <summary>The names that are not copied into a collection: git's own files, and in a folder on this machine what tools make there.</summary>
internal static class IgnoredNames
{
    /// <summary>Whether a file or folder of this name is git's own. No repository has one.</summary>
    public static bool IsGit(string name) => name.Equals(".git", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file or folder of this name in a folder on this machine is made by a tool, and not by the author.</summary>
    public static bool IsMade(string name) =>
        name is "__pycache__" or "node_modules" or ".venv" or "venv" or ".DS_Store" or "Thumbs.db" || name.EndsWith(".pyc", StringComparison.Ordinal);
}
