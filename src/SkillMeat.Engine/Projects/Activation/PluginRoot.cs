using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Projects.Activation;

/// <summary>The path of a copy as the commands of hooks and servers can use it. It replaces the root of a plugin.</summary>
internal static class PluginRoot
{
    // A record or a project file of a stranger can name the copy, and a shell would run what these begin.
    private static readonly System.Buffers.SearchValues<char> _special = System.Buffers.SearchValues.Create("$`\"'\\;|&<>(){}[]*?!#~%^\n\r");

    /// <summary>Checks that a shell reads the path of a copy as a path.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it has a character with another meaning.</exception>
    public static void Check(Target target)
    {
        var path = target.Site.User is null ? Path.GetRelativePath(target.Site.Folder, target.FullPath).Replace(Path.DirectorySeparatorChar, '/') : target.Path;
        if (path.AsSpan().IndexOfAny(_special) is var index && index < 0) return;
        throw new SkillMeatException(
            ErrorIds.InvalidArgument, $"{target.Artifact} is not activated: its place '{VisibleText.Line(path)}' has the character '{VisibleText.Line(path[index].ToString())}', which a shell would not read as part of a path. Rename it, or deploy it without activating it.");
    }

    /// <summary>Returns the path. In a project it does not depend on the machine, because settings are shared there.</summary>
    public static string Of(Target target)
    {
        if (target.Site.User is not null) return target.FullPath.Replace(Path.DirectorySeparatorChar, '/');
        var relative = Path.GetRelativePath(target.Site.Folder, target.FullPath).Replace(Path.DirectorySeparatorChar, '/');
        // Claude Code sets the variable for hooks; in the settings of servers, only variables of the user are sure to have a value.
        return target.Artifact.Type == ArtifactType.Hook ? $"${{CLAUDE_PROJECT_DIR}}/{relative}" : $"${{CLAUDE_PROJECT_DIR:-.}}/{relative}";
    }
}
