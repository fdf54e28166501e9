namespace SkillMeat.Checks;

/// <summary>The folders in which repositories mirror their artifacts for other agents, such as <c>.codex</c> and <c>.gemini</c>.</summary>
internal static class OtherAgents
{
    /// <summary>Whether a path lies in a hidden folder that is not Claude's, nor shared by all agents, and in which the artifact did not lie before.</summary>
    /// <param name="path">The path.</param>
    /// <param name="before">The path of the artifact before.</param>
    public static bool IsMirror(string path, string before)
    {
        var known = before.Split('/');
        return path.Split('/').Any(name => name.StartsWith('.') && name is not (".claude" or ".claude-plugin" or ".agents") && !known.Contains(name, StringComparer.Ordinal));
    }
}
