namespace SkillMeat.Storage.Files;

/// <summary>Compares full paths the way the system's usual file system does.</summary>
internal static class PathEquality
{
    public static StringComparer Comparer => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether a path lies below a folder.</summary>
    public static bool IsIn(string folder, string path)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.Length > prefix.Length && Comparer.Equals(path[..prefix.Length], prefix);
    }
}
