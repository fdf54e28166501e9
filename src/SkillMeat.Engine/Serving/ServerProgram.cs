using SkillMeat.Errors;

namespace SkillMeat.Serving;

/// <summary>The program that servers run in: <c>skm</c>.</summary>
public static class ServerProgram
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static string FileName => OperatingSystem.IsWindows() ? "skm.exe" : "skm";

    /// <summary>Finds the program: the named one, else the one in the first of some folders that has it, else the one on the PATH.</summary>
    /// <param name="asked">The full path of the program, or of a folder with it; null for none.</param>
    /// <param name="folders">The full paths of the folders. They need not exist.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The full path of the program.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProgramNotFound"/>: it is not there, or cannot be run.</exception>
    public static string Find(string? asked, IReadOnlyList<string> folders, Func<string, string?> environment)
    {
        if (asked is not null)
        {
            var named = Directory.Exists(asked) ? Path.Combine(asked, FileName) : asked;
            if (IsProgram(named)) return named;
            throw new SkillMeatException(ErrorIds.ProgramNotFound, File.Exists(named) ? $"'{named}' cannot be run: it is not executable." : $"There is no program '{named}'.");
        }

        var found = folders.Concat(FoldersOf(environment("PATH"))).Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(IsProgram);
        return found ?? throw new SkillMeatException(ErrorIds.ProgramNotFound, "Cannot find the program 'skm', in which the server runs: it is neither beside the module nor on the PATH.");
    }

    // A relative folder would mean another one in each place.
    private static IEnumerable<string> FoldersOf(string? path) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(folder => Path.IsPathFullyQualified(folder));

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || (UnixModeOf(path) & Executable) != 0);

    private static UnixFileMode UnixModeOf(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return UnixFileMode.None;
        }
    }
}
