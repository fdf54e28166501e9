namespace SkillMeat.Storage.Files;

/// <summary>Compares paths the way the system's usual file system does.</summary>
internal static class PathEquality
{
    public static StringComparer Comparer => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
