using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Finds members of groups by what the user typed.</summary>
internal static class GroupMemberNames
{
    /// <summary>Returns the ids that a pattern fits, or a name as it is: the engine tells what it means.</summary>
    public static IEnumerable<string> Among(IReadOnlyList<string> ids, NamePattern wanted) =>
        wanted.IsLiteral || ids.Contains(wanted.Text) ? [wanted.Text] : ids.Where(id => wanted.Fits(id) || wanted.Fits(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart(':')));
}
