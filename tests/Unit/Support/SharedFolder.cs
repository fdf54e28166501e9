namespace SkillMeat.Tests.Support;

/// <summary>Finds the folder of vectors and fixtures that lies beside the checkout.</summary>
public static class SharedFolder
{
    /// <summary>The folder's full path; null if it does not exist.</summary>
    public static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("SKILLMEAT_SHARED");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln"))) continue;
            var shared = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
