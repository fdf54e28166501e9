namespace SkillMeat.Artifacts;

/// <summary>The files that describe a plugin or a marketplace of plugins, and can have hooks and servers in themselves.</summary>
internal static class PluginLayout
{
    /// <summary>The folder of both files, in that of the plugin or marketplace.</summary>
    public const string Folder = ".claude-plugin";

    /// <summary>The name of the file of a plugin.</summary>
    public const string Plugin = "plugin.json";

    /// <summary>The name of the file of a marketplace.</summary>
    public const string Marketplace = "marketplace.json";

    /// <summary>The folder of a plugin with its hooks, which comes without the rest of the plugin where that is possible.</summary>
    public const string Hooks = "hooks";

    /// <summary>The path of the file with the hooks in the folder of the plugin.</summary>
    public const string HooksPath = $"{Hooks}/hooks.json";

    /// <summary>The variable with which commands name the files of their plugin.</summary>
    public const string RootVariable = "CLAUDE_PLUGIN_ROOT";

    /// <summary>The paths of both files in the folder of the plugin or marketplace.</summary>
    public static IReadOnlyList<string> Files { get; } = [$"{Folder}/{Plugin}", $"{Folder}/{Marketplace}"];
}
