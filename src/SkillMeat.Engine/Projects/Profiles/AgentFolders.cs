using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Profiles;

/// <summary>The folders of the user in which agents look.</summary>
/// <param name="UserFolder">The full path of the user's home folder.</param>
/// <param name="Environment">Reads an environment variable: <c>CLAUDE_CONFIG_DIR</c> replaces <c>~/.claude</c>, <c>CODEX_HOME</c> <c>~/.codex</c>, <c>XDG_CONFIG_HOME</c> <c>~/.config</c>.</param>
internal sealed record AgentFolders(string UserFolder, Func<string, string?> Environment)
{
    private static readonly (string Folder, string Variable)[] _replaced = [("~/.claude", "CLAUDE_CONFIG_DIR"), ("~/.codex", "CODEX_HOME"), ("~/.config", "XDG_CONFIG_HOME")];

    /// <summary>The folders of the current user.</summary>
    public static AgentFolders OfUser(Func<string, string?> environment) =>
        new(environment("HOME") is { Length: > 0 } home && !OperatingSystem.IsWindows() ? home : System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), environment);

    /// <summary>Whether a folder is the user's home folder.</summary>
    /// <param name="real">The full path of the folder, without links in it.</param>
    public bool AreIn(string real) => Directory.Exists(UserFolder) && PathEquality.Comparer.Equals(LinkTarget.RealFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(UserFolder))), real);

    /// <summary>Whether an environment variable puts another folder in the place of one of these.</summary>
    public bool IsReplaced(string folder) => OtherFor(folder) is not null;

    /// <summary>Returns the full path for a path that begins with <c>~</c>, with <c>/</c> as the separator.</summary>
    public string Expand(string path)
    {
        foreach (var (folder, _) in _replaced)
        {
            if ((path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)) && OtherFor(folder) is { } other) return Slashed(Path.GetFullPath(other)) + path[folder.Length..];
        }

        return Slashed(Path.GetFullPath(UserFolder)) + path[1..];
    }

    private string? OtherFor(string folder) => Environment(_replaced.First(one => one.Folder == folder).Variable) is { Length: > 0 } other && Path.IsPathFullyQualified(other) ? other : null;

    private static string Slashed(string path) => Path.TrimEndingDirectorySeparator(path).Replace(Path.DirectorySeparatorChar, '/');
}
