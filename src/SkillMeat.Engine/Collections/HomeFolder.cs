using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Says where the home is.</summary>
public static class HomeFolder
{
    /// <summary>The environment variable that names the home.</summary>
    public const string EnvironmentVariable = "SKILLMEAT_HOME";

    /// <summary>Finds the home: what was asked for, else <c>SKILLMEAT_HOME</c>, else <c>.skillmeat</c> in the user's folder.</summary>
    /// <param name="asked">What the user asked for; null or empty for nothing.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The full path; nothing needs to be there yet.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: nothing was asked for and the user has no folder, as in some runbooks.</exception>
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
            : throw new SkillMeatException(ErrorIds.HomeNotFound, "There is no user folder here, so the home must be named.");
    }

    /// <summary>The user's own folder.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The full path; null where there is none.</returns>
    internal static string? UserFolder(Func<string, string?> environment)
    {
        var named = environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        return string.IsNullOrWhiteSpace(named) ? null : named;
    }
}
