using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Projects.Activation;

/// <summary>The path of a copy as the commands of hooks and servers can use it. It replaces the root of a plugin.</summary>
internal static class PluginRoot
{
    /// <summary>Returns the path. In a project it does not depend on the machine, because settings are shared there.</summary>
    public static string Of(Target target)
    {
        if (target.Site.User is not null) return target.FullPath.Replace(Path.DirectorySeparatorChar, '/');
        var relative = Path.GetRelativePath(target.Site.Folder, target.FullPath).Replace(Path.DirectorySeparatorChar, '/');
        // Claude Code sets the variable for hooks; in the settings of servers, only variables of the user are sure to have a value.
        return target.Artifact.Type == ArtifactType.Hook ? $"${{CLAUDE_PROJECT_DIR}}/{relative}" : $"${{CLAUDE_PROJECT_DIR:-.}}/{relative}";
    }
}
