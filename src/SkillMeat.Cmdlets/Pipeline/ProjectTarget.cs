using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The projects that an object of the pipeline stands for.</summary>
internal static class ProjectTarget
{
    /// <summary>Reads the paths or names of projects from an object of the pipeline: its text, its folder, or the project that it names. Empty if it names none.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a text is empty.</exception>
    public static IReadOnlyList<string> Find(PipedObject piped)
    {
        if (piped.Texts.Any(string.IsNullOrWhiteSpace)) throw new SkillMeatException(ErrorIds.InvalidArgument, "The path of a project is empty.");
        if (piped.Texts.Count > 0) return piped.Texts;
        return (piped["Project"] ?? (piped.IsProject ? piped["Path"] : piped.IsFile ? piped["FullName"] : null)) is { } one ? [one] : [];
    }

    /// <summary>Reads the paths or names of projects from an object of the pipeline.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object does not name a project.</exception>
    public static IReadOnlyList<string> Read(PipedObject piped) => Find(piped) is { Count: > 0 } found ? found : throw piped.Unnamed("a project", "Project, and is no project or folder");
}
