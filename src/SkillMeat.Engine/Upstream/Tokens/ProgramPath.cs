namespace SkillMeat.Upstream.Tokens;

/// <summary>Finds installed programs.</summary>
internal static class ProgramPath
{
    /// <summary>Returns the full path of a program, or null if it is not on the <c>PATH</c>.</summary>
    /// <param name="name">The program, without an extension.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(string name, Func<string, string?> environment)
    {
        string file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        foreach (string folder in (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative folder could run a program that the project in the current folder contains.
            if (!Path.IsPathFullyQualified(folder)) continue;
            string path = Path.Combine(folder, file);
            if (IsProgram(path)) return path;
        }
        return null;
    }

    private static bool IsProgram(string file)
    {
        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & AnyExecute) != 0);
    }
}
