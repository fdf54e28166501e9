using SkillMeat.Collections;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Activation;

/// <summary>The files in which Claude Code has hooks and servers.</summary>
internal static class SettingsFiles
{
    private const string Hooks = "settings.json";
    private const string ServersOfProject = ".mcp.json";
    private const string ServersOfUser = ".claude.json";

    /// <summary>Whether artifacts of a type take effect only through the settings.</summary>
    public static bool AreNeededFor(ArtifactType type) => type == ArtifactType.Hook || type == ArtifactType.Mcp;

    /// <summary>Whether a file of settings can have a name. One that is a link may lead to any name.</summary>
    public static bool IsName(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the full path of the file for a type, which need not exist. If it is a link, that of its target.</summary>
    /// <exception cref="Errors.StorageException">Its links form a cycle.</exception>
    public static string PathOf(ProjectSite site, ArtifactType type) => LinkTarget.Resolve((site.User, type == ArtifactType.Hook) switch
    {
        (null, true) => Path.Combine(site.Folder, ".claude", Hooks),
        (null, false) => Path.Combine(site.Folder, ServersOfProject),
        (var user, true) => Full(user.Expand($"~/.claude/{Hooks}")),
        // Beside the folder of Claude Code, or in it if CLAUDE_CONFIG_DIR names it.
        (var user, false) => Full(user.IsReplaced("~/.claude") ? user.Expand($"~/.claude/{ServersOfUser}") : user.Expand($"~/{ServersOfUser}")),
    });

    private static string Full(string path) => Path.GetFullPath(path.Replace('/', Path.DirectorySeparatorChar));
}
