using SkillMeat.Errors;

namespace SkillMeat.Server.Projects;

/// <summary>Checks paths of folders that requests name.</summary>
internal static class FolderPath
{
    private const int MostChars = 4096;

    /// <summary>Checks that the system takes a text for a path.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot be one.</exception>
    public static void Check(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw new SkillMeatException(ErrorIds.InvalidArgument, "A path has a zero character.");
        if (path.Length > MostChars) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A path has {path.Length} characters, and no system has so long ones.");
    }
}
