namespace SkillMeat.Storage.Files;

/// <summary>When two paths mean one file, as far as their text tells.</summary>
internal static class PathEquality
{
    public static StringComparer Comparer => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
