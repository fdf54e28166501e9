namespace SkillMeat.Tests.Support;

/// <summary>The checkout that these tests were built from.</summary>
public static class Checkout
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SkillMeat.PowerShell.sln.");
    }
}
