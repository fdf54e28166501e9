namespace SkillMeat.Tests.Support;

/// <summary>Where the fixtures lie that all tools share: beside the checkout, or where SKILLMEAT_SHARED says.</summary>
internal static class SharedFolder
{
    /// <summary>The folder's full path; null when it is not there, and then tests that need it are skipped.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SKILLMEAT_SHARED") is { Length: > 0 } named) return Directory.Exists(named) ? Path.GetFullPath(named) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln"))) continue;
            var shared = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
