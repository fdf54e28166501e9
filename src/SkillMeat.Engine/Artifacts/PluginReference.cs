namespace SkillMeat.Artifacts;

/// <summary>A place at which a command names a file or folder of its plugin.</summary>
/// <param name="Paths">The possible paths in the plugin, the likeliest first: a space can be part of a name or follow it. Empty for the plugin itself, null for a path that leads out of it.</param>
/// <param name="IsReplaced">Whether the variable is written in a form that an activation replaces.</param>
internal sealed record PluginReference(IReadOnlyList<string?> Paths, bool IsReplaced)
{
    /// <summary>The likeliest path.</summary>
    public string? Path => Paths[0];

    /// <summary>Whether it is in the folder of hooks, or that folder.</summary>
    public bool IsInHooks => WithoutHooks(Path) is not null;

    /// <summary>Returns a path from the folder of hooks on, or null if it is not in there.</summary>
    public static string? WithoutHooks(string? path) => path == PluginLayout.Hooks ? "" : path?.StartsWith(PluginLayout.Hooks + "/", StringComparison.Ordinal) == true ? path[(PluginLayout.Hooks.Length + 1)..] : null;
}
