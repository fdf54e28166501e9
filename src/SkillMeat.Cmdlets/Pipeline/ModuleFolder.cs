namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The folder of the module.</summary>
internal static class ModuleFolder
{
    private const string Manifest = "SkillMeat.psd1";
    private const string ProgramFolder = "skm";

    /// <summary>Returns the folders beside the module in which the program of the server may be. Empty if the assembly was imported without the module.</summary>
    public static IReadOnlyList<string> ForPrograms() => Find() is { } folder
        ? [folder, Path.Combine(folder, "bin"), Path.GetFullPath(Path.Combine(folder, "..", ProgramFolder)), Path.GetFullPath(Path.Combine(folder, "..", "..", ProgramFolder))]
        : [];

    // Assemblies with native code are in folders of their own.
    private static string? Find()
    {
        var folder = Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location);
        while (!string.IsNullOrEmpty(folder) && !File.Exists(Path.Combine(folder, Manifest))) folder = Path.GetDirectoryName(folder);
        return string.IsNullOrEmpty(folder) ? null : folder;
    }
}
