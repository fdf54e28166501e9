using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Server.Json;

/// <summary>The profile of a coding agent, as <c>skm profile list</c> prints it.</summary>
internal sealed record ProfileJson(string Profile, TextValues Aliases, TextValues Types, bool IsOnMachine, bool? IsInProject, string? Project, string ProjectFolder, string UserFolder)
{
    public static ProfileJson Of(DetectedProfile one) => new(one.Profile, one.Aliases, one.Types, one.IsOnMachine, one.IsInProject, one.Project, one.ProjectFolder, one.UserFolder);
}
