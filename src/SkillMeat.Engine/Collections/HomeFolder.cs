using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Finds the home.</summary>
public static class HomeFolder
{
    /// <summary>The environment variable that names the home.</summary>
    public const string EnvironmentVariable = "SKILLMEAT_HOME";

    /// <summary>Finds the home: the given folder, else <c>SKILLMEAT_HOME</c>, else <c>.skillmeat</c> in the user's folder.</summary>
    /// <param name="asked">The folder that the user named; null or empty for none.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The full path, which need not exist.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: no folder was named and the user has no folder, as in some runbooks.</exception>
    public static string Find(string? asked, Func<string, string?> environment)
    {
        if (!string.IsNullOrWhiteSpace(asked))
        {
            return Path.GetFullPath(asked);
        }

        if (environment(EnvironmentVariable) is { } named && !string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named);
        }

        return UserFolder(environment) is { } user
            ? Path.Combine(user, ".skillmeat")
            : throw new SkillMeatException(ErrorIds.HomeNotFound, "Cannot find the home: this user has no home folder. Name the SkillMeat home, or set SKILLMEAT_HOME.");
    }

    /// <summary>Finds the user's home folder.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The full path, or null if there is none.</returns>
    internal static string? UserFolder(Func<string, string?> environment)
    {
        var named = environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        return string.IsNullOrWhiteSpace(named) ? null : named;
    }
}
